//! The table itself.

use domain::Lang;

macro_rules! words {
    ($($name:ident: $zh:literal / $en:literal;)*) => {
        /// A printed word or sentence; `{}` marks a blank.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the table says it in two languages")]
        pub enum W { $($name,)* }

        impl W {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The words in one language.
            #[must_use]
            pub const fn say(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::Zh) => $zh, (Self::$name, Lang::En) => $en,)*
                }
            }
        }
    };
}

words! {
    // Cover and control page
    KindSelf: "自评准备度报告" / "Self-Assessed Readiness Report";
    KindGap: "差距分析报告" / "Gap Analysis Report";
    KindManagement: "准备度管理摘要" / "Readiness Summary for Management";
    NotACertificate: "自评准备度，不是认证结论" / "Self-assessed readiness, not a certification result";
    NotACertificateLong: "本报告是组织对自身认证准备情况的自评记录，不是认证证书，也不代表任何认证机构的结论；是否予以认证，由依法批准的认证机构独立决定。" / "This report records an organisation's own view of how well it is prepared. It is not a certificate and does not represent the conclusion of any certification body; whether to certify is decided independently by an approved certification body.";
    LogoOf: "{}的标志" / "Logo of {}";
    Standard: "对照标准" / "Standard";
    StandardKind: "标准性质" / "Kind of standard";
    CriteriaVersion: "评审准则" / "Criteria";
    CriteriaVersionOf: "版本 {}，共 {} 条（本工具自编条目）" / "Version {}, {} items (written for this tool)";
    Criteria: "评审准则" / "Criteria";
    CriteriaHash: "准则 SHA-256" / "Criteria SHA-256";
    Period: "评估期间" / "Period";
    FromTo: "{} 至 {}" / "{} to {}";
    ReportNumber: "报告编号" / "Report number";
    NumberRevision: "{}（评估修订 {}）" / "{} (revision {} of the assessment)";
    ReportDate: "报告时间" / "Date of report";
    State: "状态" / "State";
    StateDraft: "草稿，不得作为依据" / "Draft, not to be relied on";
    StateOpen: "评估进行中，不是定稿" / "Assessment in progress, not final";
    StateUnsigned: "定稿，待批准签署" / "Final, waiting for approval";
    StateApproved: "已批准签署" / "Approved and signed";
    Control: "文件控制" / "Document control";
    Notices: "声明" / "Notices";
    Approvals: "编制、审核与批准" / "Prepared, reviewed, approved";
    Versions: "版本记录" / "Versions";
    EarlierVersions: "另有更早的 {} 个版本，见认证审核用报告。" / "Earlier versions not listed here: {}; see the certification file.";
    ReopenedBecause: "第 {} 次修订的原因" / "Reason for revision {}";
    LayoutIn: "{} · {}" / "{} · {}";
    InZh: "中文" / "Chinese";
    InEn: "英文" / "English";
    LayoutName: "版式" / "Layout";
    LayoutManagement: "管理摘要" / "Management";
    LayoutGap: "差距报告" / "Gap report";
    LayoutCertification: "认证审核用" / "Certification file";
    ExportedBy: "导出人" / "Exported by";
    RootOfReport: "快照根值（SHA-256）" / "Root of the snapshot (SHA-256)";
    ThisReport: "本报告" / "this report";
    DraftTag: "（草稿）" / " (draft)";
    Distribution: "分发范围" / "Distribution";
    DistributionNone: "未登记分发对象。" / "No recipients recorded.";
    Confidentiality: "保密要求" / "Confidentiality";
    NoMark: "未标注" / "none";
    ConfidentialityText: "密级：{}。本报告含受评组织的内部信息，仅供分发范围内的人员使用；未经受评组织书面同意，不得复制、转发或公开。" / "Mark: {}. This report contains internal information of the assessed organisation and is meant only for those listed. It may not be copied, passed on or published without the organisation's written consent.";
    Contents: "目录" / "Contents";

    // Sections
    SecSummary: "准备度结论" / "Readiness conclusion";
    SecScope: "目的、范围、依据与方法" / "Objectives, scope, criteria and method";
    SecResults: "总体结果" / "Overall results";
    SecFindings: "不符合项" / "Nonconformities";
    SecObservations: "观察项、改进机会与良好实践" / "Observations, opportunities and good practice";
    SecPlan: "整改计划" / "Remediation plan";
    SecLists: "不适用与未评估条目" / "Items not applicable or not assessed";
    SecItems: "逐项结果" / "Item-by-item results";
    SecEvidence: "证据清单" / "Evidence index";
    SecFollowUp: "与上一轮评估的比较" / "Comparison with the last round";
    SecSignOff: "签署" / "Sign-off";
    SecAnnex: "附录 A　评分、准则与核验" / "Annex A  Scoring, criteria and verification";

    // Short verdicts, trends, conditions; the full words are the domain's
    ConformShort: "符合" / "Conf.";
    PartialShort: "部分" / "Part.";
    NonconformShort: "不符合" / "Nonc.";
    NaShort: "不适用" / "N/A";
    OpenShort: "未评估" / "Open";
    PriorityOf: "优先级{}" / "{} priority";
    FileUnchecked: "文件未核对" / "File not checked";
    TrendWorse: "退步" / "Worse";
    TrendBetter: "改善" / "Better";
    TrendNew: "新评" / "New";
    TrendOpen: "未再评" / "No longer assessed";
    TrendApplicability: "适用性变化" / "Applicability";
    TrendSame: "不变" / "Same";
    CondOutbound: "外呼业务" / "outbound";
    CondOutsourced: "外包或受托运营" / "outsourced";
    CondSelfBuilt: "自建系统" / "self-built";
    CondOnline: "在线渠道" / "online channels";
    CondBot: "智能客服" / "bots";
    CondMultiSite: "多职场" / "several sites";

    // Summary
    OutcomeUnder: "评分口径「{}」下的自评准备度" / "Self-assessed readiness under profile \"{}\"";
    RateShort: "符合率" / "Rate";
    Rate: "自评符合率" / "Conformity rate";
    Bounds: "下限 {}，上限 {}" / "{} to {}";

    Coverage: "评估覆盖率" / "Coverage";
    AssessedOf: "已评 {} / 共 {} 条" / "{} of {} items assessed";
    KeyFailing: "关键条目未符合" / "Key items failing";
    OfKeyItems: "关键条目共 {} 条" / "of {} key items";
    OpenNonconformities: "未关闭不符合项" / "Open nonconformities";
    MajorMinor: "严重 / 一般" / "major / minor";
    OverdueTasks: "逾期任务" / "Overdue tasks";
    AsOf: "截至 {}" / "as of {}";
    ApplicableOf: "适用 {} / {} 条" / "{} of {} applicable";
    Rules: "准备度规则" / "Readiness rules";
    Rule: "规则" / "Rule";
    Measured: "实测" / "Measured";
    Threshold: "要求" / "Required";
    Held: "结果" / "Result";
    Holds: "满足" / "Met";
    HoldsNot: "未满足" / "Not met";
    WhyNot: "未满足的原因" / "Because of";
    Blocks: "违反即不得判为就绪" / "A breach rules out a ready label";
    Cautions: "违反即至多为有保留的就绪" / "A breach allows a ready label with reservations only";
    BlocksShort: "阻断规则" / "Blocking";
    CautionsShort: "提醒规则" / "Caution";
    NotByEvidence: "本轮所用版本的准则不按证据判断准备度：判为符合的条目中有 {} 条没有证据，见下文 {}。" / "The criteria of this round do not judge by evidence: conforming items without any: {}; see {}.";
    RulesRemark: "规则与阈值取自评分口径，是内部准备用的参考，不是标准或认证机构的规定；设立理由见附录 A.3。" / "Rules and thresholds come from the scoring profile. They are internal references, not provisions of the standard or of any certification body; see annex A.3 for the reasons.";
    RulesRemarkShort: "规则与阈值取自评分口径，是内部准备用的参考，不是标准或认证机构的规定。" / "Rules and thresholds come from the scoring profile. They are internal references, not provisions of the standard or of any certification body.";
    AndMore: " 等另 {} 项" / " and {} more";
    TopGaps: "最需要整改的条目" / "Most urgent gaps";
    Item: "条目" / "Item";
    Verdict: "结论" / "Verdict";
    WhatIsMissing: "差距" / "Gap";
    GapsRemark: "未完全符合的条目共 {} 条；关键条目（◆）在前，其次按结论与发现的分级排列。" / "{} items fall short in all; key items (◆) come first, then by verdict and grade of the finding.";
    NoGaps: "没有判为不符合或部分符合的条目。" / "No item is marked nonconforming or partial.";
    BeforeAudit: "审核之前必须完成" / "To be done before an audit";
    Defect: "缺陷" / "Defect";
    Count: "数量" / "Count";
    Remedy: "怎么办" / "What to do";
    Where: "位置" / "Where";
    NoDefects: "准备度检查没有发现缺陷。" / "The readiness check found no defects.";
    DefUnassessed: "条目尚未评估" / "Item not assessed";
    DefVerdictToConfirm: "结论待重新确认" / "Verdict to be confirmed";
    DefConformWithoutEvidence: "判为符合但没有证据" / "Conforming without evidence";
    DefNaWithoutReason: "判为不适用但没有理由" / "Not applicable without a reason";
    DefGapWithoutFinding: "未完全符合但没有登记发现" / "Falls short without a finding";
    DefFindingWithoutCause: "不符合项没有原因分析" / "Nonconformity without root cause";
    DefFindingWithoutTask: "不符合项没有整改任务" / "Nonconformity without a task";
    DefTaskWithoutOwner: "任务没有责任人" / "Task without owner";
    DefTaskWithoutDue: "任务没有期限" / "Task without due date";
    DefTaskOverdue: "任务逾期" / "Task overdue";
    DefClosedWithoutVerifier: "任务关闭但没有验证人" / "Closed without verifier";
    DefClosedWithoutResult: "任务关闭但没有整改结果" / "Closed without result";
    DefEvidenceExpired: "证据已过有效期" / "Evidence expired";
    DefEvidenceOutsidePeriod: "证据不在评估期间内" / "Evidence outside the period";
    DefEvidenceMissing: "证据文件缺失" / "Evidence file missing";
    DefEvidenceChanged: "证据文件已被改动" / "Evidence file changed";
    DefEvidenceUnreadable: "证据文件无法读取" / "Evidence file unreadable";
    DefKeyItemNotConform: "关键条目未符合" / "Key item not conforming";
    DefEvidenceShowsNothing: "证据打开后看不到内容" / "Evidence shows nothing";
    DefNothingApplicable: "全部条目不适用" / "Nothing applicable";

    // Scope
    ObjectivesScope: "委托方、目的与范围" / "Client, objectives and scope";
    Client: "受评组织" / "Organisation";
    Objectives: "评估目的" / "Objectives";
    ScopeText: "评估范围" / "Scope";
    Exclusions: "未覆盖的范围及原因" / "Not covered, and why";
    Sites: "职场" / "Sites";
    Conditions: "适用情形" / "Conditions";
    AssessedOn: "评估日期" / "Assessed on";
    NotAsked: "未询问" / "not asked";
    NoConditions: "无特别情形" / "none of the special ones";
    People: "参与人员" / "People";
    Name: "姓名" / "Name";
    Team: "评估组" / "Assessment team";
    Auditees: "受评方" / "Auditees";
    CriteriaMethod: "依据与方法" / "Criteria and method";
    Profile: "评分口径" / "Scoring profile";
    Scale: "结论" / "Verdicts";
    ScaleText: "每条给出符合、部分符合、不符合或不适用之一；不适用须写明理由并移出分母；未评估的条目留在分母中，不得分。" / "Each item is marked conform, partial, nonconform or not applicable. Not applicable needs a reason and leaves the denominator; items not yet assessed stay in it and earn nothing.";
    ScaleAnnex: "计算公式见附录 A.1。" / " See annex A.1 for the formula.";
    Sampling: "抽样说明" / "Sampling";
    Dissent: "未达成一致的意见" / "Diverging opinions";
    SamplingStatement: "评估以抽样方式进行。抽样不能穷尽全部活动与记录，未发现不符合不等于不存在不符合。" / "The assessment was done by sampling. A sample cannot cover every activity and record: that no nonconformity was found does not mean that there is none.";
    Colon: "：" / ": ";
    Semicolon: "；" / "; ";
    NotFilled: "未填写" / "not filled in";

    // Results
    ByDomain: "分类别结果" / "Results by domain";
    DomainName: "评审类别" / "Domain";
    SectionName: "主题" / "Section";
    Items: "条目" / "Items";
    Applicable: "适用" / "Appl.";
    Assessed: "已评" / "Ass'd";
    Points: "得分 / 满分" / "Points";
    Total: "合计" / "Total";
    ByDomainRemark: "适用 = 条目 − 不适用；满分 = 适用条目权重之和；符合率 = 得分 ÷ 满分 × 100%；有未评估条目时，符合率为下限，“≤”后为上限。各列合计与逐项结果一致。" / "Applicable = items − not applicable; full points = sum of the weights of applicable items; rate = points ÷ full points × 100%. While items are open the rate is a lower bound and the figure after ≤ the upper one. All columns tie with the item-by-item results.";
    RadarTitle: "各类别符合率" / "Rate by domain";
    ThisRound: "本轮" / "This round";
    LastRound: "上一轮" / "Last round";
    Delta: "变化" / "Change";
    RadarAlt: "雷达图，各评审类别的符合率：{}。数值见旁边的表。" / "Radar chart of the conformity rate by domain: {}. The table beside it holds the figures.";
    BarsTitle: "各类别结论构成" / "Verdicts by domain";
    BarsAlt: "堆叠条形图，各评审类别中各结论的条目数。数值见旁边的表。" / "Stacked bars: number of items per verdict in each domain. The table beside it holds the figures.";
    CodeShort: "类别" / "Code";
    SpreadTitle: "发现分布表" / "Findings by domain and grade";
    BySection: "分主题结果" / "Results by section";

    // Findings
    Register: "不符合项一览" / "Register of nonconformities";
    Sheets: "不符合项报告" / "Nonconformity reports";
    NoNonconformities: "本轮没有登记严重或一般不符合项。" / "No major or minor nonconformity was recorded in this round.";
    Number: "编号" / "No.";
    NumberGrade: "编号与分级" / "No., grade";
    Grade: "分级" / "Grade";
    ItemAndFact: "条目与不符合事实" / "Item and fact";
    ItemAndText: "条目与内容" / "Item and text";
    Department: "责任部门" / "Department";
    Due: "期限" / "Due";
    Open: "未关闭" / "Open";
    Closed: "已关闭" / "Closed";
    Tasks: "整改任务" / "Tasks";
    Observations: "观察项" / "Observations";
    Opportunities: "改进机会" / "Opportunities for improvement";
    GoodPractices: "良好实践" / "Good practice";
    NoneRecorded: "无。" / "None.";
    CriterionShort: "依据" / "Criterion";
    CauseShort: "原因" / "Cause";
    SheetTitle: "不符合项报告" / "Nonconformity report";
    Organization: "受评组织" / "Organisation";
    FoundBy: "发现人" / "Found by";
    FoundOn: "发现日期" / "Found on";
    ItemCode: "条目编号" / "Item";
    CriterionBasis: "评审依据" / "Criterion";
    FactForm: "不符合事实" / "Fact";
    EvidenceForm: "相关证据" / "Evidence";
    CauseForm: "原因分析" / "Root cause";
    VerificationForm: "验证结果" / "Verification";
    RequirementOf: "条目 {} 的要求：{}" / "Requirement of item {}: {}";
    Laws: "相关法规" / "Laws";
    DraftLaw: "（征求意见稿）" / " (draft)";
    LawChecked: "（{}核对）" / " (checked {})";
    InParentheses: "（{}）" / " ({})";
    ActionLine: "责任人：{}　期限：{}　状态：{}" / "Owner: {}   Due: {}   State: {}";
    VerifiedLine: "验证人：{}　验证日期：{}" / "Verified by: {}   on: {}";
    Effective: "措施有效" / "Effective";
    NotEffective: "措施无效，重新整改" / "Not effective, to be redone";
    SignAuditor: "评估员" / "Assessor";
    SignAuditee: "受评部门负责人确认" / "Confirmed by the department";
    SignVerifier: "验证人" / "Verified by";
    SignHere: "签名：　　　　　　　日期：" / "Signature:                     Date:";

    // Plan
    Actions: "措施" / "Actions";
    NoCause: "未填写" / "not filled in";
    NoTasks: "本轮没有登记整改任务。" / "No remediation task was recorded in this round.";
    PlanSummary: "整改任务共 {} 项：逾期 {} 项，其他未关闭 {} 项，已关闭 {} 项（截至 {}）。" / "{} remediation tasks: {} overdue, {} otherwise open, {} closed (as of {}).";
    MostUrgent: "最紧迫的任务" / "Most urgent tasks";
    Overdue: "逾期" / "Overdue";
    OpenTasks: "未关闭" / "Open";
    ClosedTasks: "已关闭" / "Closed";
    Action: "措施" / "Action";
    Owner: "责任人" / "Owner";
    Result: "结果" / "Result";
    DaysLate: "逾期 {} 天" / "{} days late";
    AgreedDue: "原定 {}" / "agreed {}";
    Slipped: "推迟 {} 天" / "slipped {} days";
    Reopened: "重新打开 {} 次" / "reopened {} times";

    // Lists
    NaTitle: "不适用条目及理由" / "Items not applicable, with reasons";
    NaCount: "共 {} 条，均已移出分母。" / "{} items, all taken out of the denominator.";
    NaNone: "没有判为不适用的条目。" / "No item is marked not applicable.";
    Reason: "不适用的理由" / "Reason";
    ReasonMissing: "缺少理由" / "reason missing";
    AssessorDate: "评估人与日期" / "Assessor, date";
    UnassessedTitle: "未评估条目" / "Items not assessed";
    UnassessedCount: "共 {} 条尚无结论，留在分母中、不得分。" / "{} items have no verdict yet; they stay in the denominator and earn nothing.";
    UnassessedNone: "全部条目均已给出结论。" / "Every item has a verdict.";
    NoteSoFar: "已有记录" / "Notes so far";

    // Items
    ItemsRemark: "每个条目列出一次。条目编号与文字为本工具自编（「本工具编号」），不是标准条款号；◆ 为关键条目。" / "Every item is listed once. Codes and texts are this tool's own, not clause numbers of the standard; ◆ marks a key item.";
    ItemAndVerdict: "条目与结论" / "Item, verdict";
    RequirementAndRecord: "要求与评估记录" / "Requirement and record";
    ProofAndFollowUp: "证据 · 发现 · 任务" / "Evidence, findings, tasks";
    NoteLabel: "记录" / "Note";
    ReasonLabel: "不适用理由" / "Reason";
    ReviewLabel: "复核意见" / "Review";
    ExpectedOf: "应有证据已备 {}/{}" / "Expected evidence {}/{}";
    PointsOf: "{}/{} 分" / "{}/{} pt";

    // Evidence
    NoEvidence: "本轮没有登记证据。" / "No evidence was recorded in this round.";
    EvidenceCount: "证据共 {} 项，其中文件 {} 项。" / "{} pieces of evidence, {} of them files.";
    EvidenceRemark: "每个文件列出完整的 SHA-256 值；对文件重新计算并比较，即可确认它就是评估时登记的那一份。日期为生效或形成日期。" / "Every file is listed with its full SHA-256. Compute it again and compare to be sure that a file is the one that was assessed. Dates are those of effect or of making.";
    TitleFileHash: "名称 · 文件 · SHA-256" / "Title, file, SHA-256";
    Validity: "日期与状态" / "Dates, state";
    UsedBy: "使用条目" / "Used by";
    AddedBy: "{} 登记于 {}" / "added by {} on {}";
    ValidUntil: "有效至 {}" / "valid until {}";
    NoDate: "未填日期" / "no date";
    Expired: "已过期" / "Expired";
    OutsidePeriod: "不在期间内" / "Outside the period";
    Unused: "未被条目使用" / "Used by no item";
    ProvesTasks: "证明任务" / "Proof for";

    // Follow-up
    FollowUpText: "上一轮为「{}」。按本轮口径计算，符合率由 {} 变为 {}（变化 {} 个百分点）。" / "The last round was \"{}\". Under this round's profile the rate went from {} to {} (change {} percentage points).";
    LastRoot: "上一轮快照根值 SHA-256：{}" / "Root of the last snapshot, SHA-256: {}";
    TrendCounts: "变化统计" / "Changes in numbers";
    ChangedItems: "结论有变化的条目" / "Items whose verdict changed";
    Trend: "变化" / "Change";
    LastNote: "上一轮记录" / "Last note";
    NothingChanged: "没有条目的结论发生变化。" / "No verdict has changed.";
    LeftOpen: "上一轮遗留的整改任务" / "Tasks the last round left open";
    NothingLeftOpen: "上一轮没有遗留未关闭的整改任务。" / "The last round left no task open.";

    // Sign-off
    SignText: "签署针对以下快照根值。签署之后，任何评估记录、证据登记、发现或任务的改动都会改变根值，原签署不再覆盖改动后的内容。" / "Signatures cover the following root of the snapshot. Any later change to a record, evidence, finding or task changes the root, and the signature no longer covers it.";
    SignRecords: "签署记录" / "Recorded signatures";
    SignByHand: "手工签字" / "Signed by hand";
    SignOthers: "不覆盖本报告的签署" / "Signatures that do not cover this report";
    SignRole: "角色" / "Role";
    SignedAt: "签署时间" / "Signed at";
    Covers: "签署对象" / "Covers";
    CoversThis: "与本报告根值一致" / "the root of this report";
    NotSigned: "未签署" / "not signed";
    Signature: "签字" / "Signature";
    Date: "日期" / "Date";
    HandPreparer: "编制（评估组长）" / "Prepared (lead assessor)";
    HandReviewer: "审核" / "Reviewed";
    HandAuditee: "受评方代表" / "For the auditee";
    HandApprover: "批准" / "Approved";
    SignWithdrawn: "已撤回" / "withdrawn";
    SignOtherRoot: "签署的是另一版本" / "another version was signed";
    SignRemark: "签署记录由本工具保存，用于发现签署之后的改动；它不是《电子签名法》意义上的可靠电子签名。" / "Recorded signatures are kept by this tool to reveal later changes. They are not reliable electronic signatures in the sense of the Electronic Signature Law.";

    // Annex
    AnnexScore: "计算公式与分值" / "Formula and points";
    ScoreHere: "本轮：{} ÷ {} × 100% = {}；未评估条目全部符合时的上限为 {}。" / "This round: {} ÷ {} × 100% = {}; upper bound if every open item conforms: {}.";
    PointsEach: "每条得分" / "Points each";
    Meaning: "含义" / "Meaning";
    MeansConform: "要求已满足，并有证据支持。" / "The requirement is met, and evidence supports it.";
    MeansPartial: "要求部分满足，或做法存在但证据、范围、频次不足。" / "The requirement is met in part, or the practice exists but evidence, extent or frequency falls short.";
    MeansNonconform: "要求未满足。" / "The requirement is not met.";
    MeansNa: "要求不适用于受评组织，须写明理由；移出分母。" / "The requirement does not apply here, for a stated reason; it leaves the denominator.";
    MeansOpen: "尚无结论；留在分母中，不得分。" / "No verdict yet; it stays in the denominator and earns nothing.";
    WeightsEqual: "全部条目权重相同。" / "All items weigh the same.";
    WeightsList: "权重不为 1 的条目：{}。其余权重为 1。" / "Items with a weight other than 1: {}. All others weigh 1.";
    AnnexBands: "内部参考分档" / "Internal reference bands";
    Band: "分档" / "Band";
    AtLeast: "符合率" / "Rate";
    BandsRemark: "分档是本工具的内部参考，不是标准或认证机构的等级。" / "Bands are internal references of this tool, not levels of the standard or of any certification body.";
    AnnexRules: "准备度规则与结论" / "Readiness rules and outcomes";
    EffectOfBreach: "违反的后果" / "Effect of a breach";
    WhyRule: "设立理由" / "Why";
    Outcome: "结论" / "Outcome";
    AnnexGrades: "发现分级" / "Grades of findings";
    Definition: "定义" / "Definition";
    AnnexCriteria: "评审准则的标识" / "Identity of the criteria";
    PublishedEffective: "发布 / 实施" / "Published / in force";
    Size: "规模" / "Size";
    SizeOf: "{} 个评审类别，{} 个主题，{} 个条目（其中关键条目 {} 个）" / "{} domains, {} sections, {} items ({} of them key items)";
    CriteriaLog: "准则变更记录" / "Change log of the criteria";
    NoLastRound: "本评估没有上一轮，没有可比较的准则版本。" / "There is no last round, and so no earlier criteria to compare with.";
    SameCriteria: "上一轮使用同一份评审准则（SHA-256 相同），没有变更。" / "The last round used the same criteria (equal SHA-256); nothing has changed.";
    OtherCriteria: "上一轮使用版本 {}（SHA-256 {}）。与其相比：新增 {} 条，取消 {} 条，改写 {} 条，未变 {} 条。改写条目的上一轮结论针对旧文字，比较时只作参考。" / "The last round used version {} (SHA-256 {}). Against it: {} items added, {} withdrawn, {} reworded, {} unchanged. Verdicts of the last round on reworded items refer to the old wording and are for reference only.";
    CriteriaChange: "变更" / "Change";
    ItemAdded: "新增" / "added";
    ItemWithdrawn: "取消" / "withdrawn";
    ItemReworded: "改写" / "reworded";
    ItemRenamed: "换编号" / "renumbered";
    WordingBefore: "上一版文字" / "Wording before";
    WordingNow: "本版文字" / "Wording now";
    Sources: "编写所依据的公开资料" / "Public sources it was written from";
    SourcesLanguage: "“{}”等字样说明对该项资料的把握程度。" / "The last words of each, such as \"{}\", say how sure we are of it.";
    Source: "资料" / "Source";
    TakenFrom: "取用内容" / "What was taken";
    AnnexVerify: "如何核验本报告" / "How to verify this report";
    VerifyText: "本报告附有机器可读的快照 assessment.json（PDF 附件）。它的 SHA-256 就是每页页脚所印的根值：" / "A machine-readable snapshot, assessment.json, is attached to this PDF. Its SHA-256 is the root printed at the foot of every page:";
    VerifyHow: "用阅读器的附件面板另存该文件（或 pdfdetach -saveall REPORT.pdf），再用下列任一命令计算；结果与根值一致，说明所附快照未被改动：" / "Save the file from the reader's attachments panel (or with pdfdetach -saveall REPORT.pdf) and run any of these commands. If the result equals the root, the attached snapshot was not changed:";
    VerifyEvidence: "证据文件同理：对随附证据包中的文件计算 SHA-256，与证据清单所列的值比较；或在证据包文件夹中执行 sha256sum -c SHA256SUMS。" / "The same holds for evidence: compute the SHA-256 of a file in the evidence pack and compare it with the index, or run sha256sum -c SHA256SUMS in the folder of the pack.";
    VerifyPages: "另附 report.json，记录生成本报告所用的版式、语言、日期、签署和证据文件状态，SHA-256 为 {}。同一版本的本软件由这两份附件重新生成报告，并与本文件逐页比对文字、图形、图片、链接与批注；有不同时，指出页码。" / "A second attachment, report.json, holds what else the report was made from: layout, language, date, signatures and the state of evidence files; its SHA-256 is {}. The same version of this program makes the report again from both attachments and compares it with this file page by page: text, drawings, pictures, links and notes. Pages that differ are named.";
    VerifyLimits: "核验通过，说明数据与页脚根值一致，各页正是由附件生成。附件本身由谁、在何时作出，是否属实，核验不能证明：有人改动数据后重新生成的报告，自身也是一致的。这要与另行保存的根值，或证据包 SHA256SUMS、受评组织导出记录中本文件的 SHA-256 对照。根值不等同于电子签名或时间戳。" / "If all holds, the data have the root in the footers and every page is what the attachments make. Who made the attachments, when, and whether they are true is not shown: a report made anew from changed data holds as well. That is told by a root kept elsewhere, or by the SHA-256 of this file in SHA256SUMS of the evidence pack or in the organisation's list of exported reports. The root is neither an electronic signature nor a time stamp.";
    AnnexKpis: "指标定义与参考值" / "Key figures: definitions and reference values";
    KpiName: "指标 · 单位" / "Figure, unit";
    KpiFormula: "定义与公式" / "Definition and formula";
    KpiReference: "参考值与来源" / "Reference and source";
    Formula: "公式" / "Formula";
    Beware: "注意" / "Note";
    UnitPercent: "%" / "%";
    UnitPercentInSeconds: "% / 秒" / "% in s";
    UnitSeconds: "秒" / "s";
    UnitCount: "个数" / "number";
    UnitScore: "分" / "points";
    UnitYuan: "元" / "CNY";
    Higher: "越高越好" / "higher is better";
    Lower: "越低越好" / "lower is better";
    InRange: "适中为好" / "best within a range";
    SureOfficial: "法规或标准原文" / "text of a law or standard";
    SureSecondary: "署名来源，非原文" / "named source, second hand";
    SureWeak: "弱来源" / "weak source";
    SureBackground: "行业常识" / "trade knowledge";
    SureOwn: "本项目自拟" / "this project's own";
    AnnexGlossary: "术语" / "Glossary";
    AnnexArchived: "已撤销条目的记录" / "Records on withdrawn items";
    ArchivedRemark: "评审准则在本轮评估期间更新，下列 {} 个条目已撤销，不再计分；更新前对它们作出的结论与登记的证据、发现、任务原样保留。" / "The criteria were updated during this round and the {} items below were withdrawn; they are no longer in the score. What was recorded on them before - verdicts, evidence, findings, tasks - stays as it was.";
    ArchivedRecords: "登记的记录" / "What is recorded";
    Term: "术语" / "Term";
    Explanation: "解释" / "Explanation";

    // Documents that people go on editing
    KindFindings: "不符合项报告" / "Nonconformity Reports";
    KindRectification: "整改报告" / "Rectification Report";
    Editable: "本文件可以编辑" / "This document can be edited";
    EditableExported: "文字、图表和签字栏供修改、流转和归档前整理，改动不会回到评估数据。可核验的版本是 PDF 报告 {}，以下列快照根值核对；两者不一致时，以 PDF 报告为准。" / "Its words, tables and signature lines are there to be worked on; nothing that is changed here returns to the assessment. The verifiable form is the PDF report {} with the root below; where the two differ, the PDF report holds.";
    EditableUnexported: "文字、图表和签字栏供修改、流转和归档前整理，改动不会回到评估数据。可核验的版本是带有下列快照根值的 PDF 报告；按这些内容还没有导出过 PDF 报告。" / "Its words, tables and signature lines are there to be worked on; nothing that is changed here returns to the assessment. The verifiable form is the PDF report with the root below; none was exported of these contents yet.";
    EditableFoot: "可编辑文件" / "Editable";
    PdfNumber: "PDF 报告编号" / "PDF report";
    NotExported: "尚未导出（评估修订 {}）" / "not exported yet (revision {} of the assessment)";
    DocumentDate: "文件日期" / "Date of document";
    RectOverview: "整改概况" / "Overview of the remediation";
    RectFindings: "不符合项及整改情况" / "Nonconformities and what was done";
    RectTotal: "发现数" / "Findings";
    RectTasksClosed: "任务已关闭" / "Tasks closed";
    RectTasksLate: "任务逾期" / "Tasks overdue";

    // Furniture
    PageOf: "第 {} 页 / 共 {} 页" / "Page {} of {}";
    FootRoot: "快照根值" / "Root of the snapshot";
    WaterDraft: "草稿" / "DRAFT";
}
