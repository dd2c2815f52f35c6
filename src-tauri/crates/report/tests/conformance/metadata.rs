//! Catalog, XMP, output intent and attachment.

use super::{common, dict, each, follow, plain};
use domain::Lang;
use lopdf::Object;
use report::Layout;

#[test]
fn the_packet_declares_both_standards_and_describes_what_it_adds() {
    each(|name, doc, _| {
        let catalog = doc.catalog().unwrap();
        let packet = follow(doc, catalog.get(b"Metadata").unwrap()).as_stream().unwrap();
        assert!(!packet.dict.has(b"Filter"), "{name}: compressed");
        let xmp = String::from_utf8(packet.content.clone()).unwrap();
        for part in [
            "<pdfaid:part>3</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
            "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
        ] {
            assert!(xmp.contains(part), "{name}: {part}");
        }
        // Every prefix of our own is described, or PDF/A readers must reject it.
        for prefix in ["pdfuaid", "beishen"] {
            assert!(xmp.contains(&format!("<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>")), "{name}: {prefix}");
        }
        let zh = name.ends_with("zh");
        let lang = catalog.get(b"Lang").unwrap().as_str().unwrap();
        assert!(if zh { lang == b"zh-CN" } else { lang.starts_with(b"en") }, "{name}");
        let preferences = dict(doc, catalog.get(b"ViewerPreferences").unwrap());
        assert!(preferences.get(b"DisplayDocTitle").unwrap().as_bool().unwrap(), "{name}");
        assert!(dict(doc, catalog.get(b"MarkInfo").unwrap()).get(b"Marked").unwrap().as_bool().unwrap(), "{name}");
        assert!(matches!(catalog.get(b"PageMode").unwrap(), Object::Name(_)), "{name}");
        assert_eq!(doc.trailer.get(b"ID").unwrap().as_array().unwrap().len(), 2, "{name}");
    });
}

#[test]
fn the_output_intent_carries_an_rgb_profile() {
    each(|name, doc, _| {
        let intents = follow(doc, doc.catalog().unwrap().get(b"OutputIntents").unwrap()).as_array().unwrap();
        assert_eq!(intents.len(), 1, "{name}");
        let intent = dict(doc, &intents[0]);
        assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFA1", "{name}");
        let profile = intent.get(b"DestOutputProfile").unwrap();
        assert_eq!(dict(doc, profile).get(b"N").unwrap().as_i64().unwrap(), 3, "{name}");
        let bytes = plain(doc, profile);
        assert_eq!((&bytes[16..20], &bytes[36..40]), (b"RGB ".as_slice(), b"acsp".as_slice()), "{name}");
        assert_eq!(u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize, bytes.len(), "{name}: cut off");
    });
}

#[test]
fn the_attached_data_is_the_source_and_equals_the_snapshot() {
    let json = common::round().snapshot.canonical_json();
    each(|name, doc, _| {
        let catalog = doc.catalog().unwrap();
        let associated = follow(doc, catalog.get(b"AF").unwrap()).as_array().unwrap();
        assert_eq!(associated.len(), 2, "{name}: the data, and how the report was made from them");
        let tree = dict(doc, dict(doc, catalog.get(b"Names").unwrap()).get(b"EmbeddedFiles").unwrap());
        let names = follow(doc, tree.get(b"Names").unwrap()).as_array().unwrap();
        assert_eq!(names[0].as_str().unwrap(), b"assessment.json", "{name}");
        assert_eq!(names[1].as_reference().unwrap(), associated[0].as_reference().unwrap(), "{name}: two files");
        let spec = dict(doc, &associated[0]);
        assert_eq!(spec.get(b"AFRelationship").unwrap().as_name().unwrap(), b"Source", "{name}");
        assert!(spec.has(b"UF") && spec.has(b"F") && spec.has(b"Desc"), "{name}");
        let file = dict(doc, spec.get(b"EF").unwrap()).get(b"F").unwrap();
        let head = dict(doc, file);
        assert_eq!(head.get(b"Subtype").unwrap().as_name().unwrap(), b"application/json", "{name}");
        let parameters = dict(doc, head.get(b"Params").unwrap());
        assert_eq!(parameters.get(b"Size").unwrap().as_i64().unwrap(), i64::try_from(json.len()).unwrap(), "{name}");
        assert!(parameters.has(b"ModDate"), "{name}");
        assert!(plain(doc, file) == json.as_bytes(), "{name}: not the snapshot");
        let recipe = dict(doc, &associated[1]);
        assert_eq!(recipe.get(b"F").unwrap().as_str().unwrap(), b"report.json", "{name}");
        assert_eq!(recipe.get(b"AFRelationship").unwrap().as_name().unwrap(), b"Data", "{name}");
    });
}

#[test]
fn a_draft_with_a_logo_and_few_sections_is_no_less_sound() {
    let round = common::round();
    for lang in Lang::ALL {
        let mut options = common::options(Layout::Certification, lang);
        options.draft = true;
        options.logo = Some(
            b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle cx='4' cy='4' r='4'/></svg>".to_vec(),
        );
        options.sections = Some([report::SectionId::Items, report::SectionId::Annex].into());
        let pdf = round.render(&options).pdf;
        let doc = lopdf::Document::load_mem(&pdf).unwrap();
        super::tree::check("draft", &doc, &pdf);
        super::outside::check("draft", &pdf);
    }
}
