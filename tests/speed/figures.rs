//! Median, percentile, worst.

/// Measured values, in the order of their size.
pub struct Figures(Vec<f64>);

impl Figures {
    pub fn new(mut values: Vec<f64>) -> Self {
        assert!(!values.is_empty(), "nothing was measured");
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// The smallest value that at least `share` of all values do not exceed.
    fn at(&self, share: f64) -> f64 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let rank = (self.0.len() as f64 * share).ceil() as usize;
        self.0[rank.clamp(1, self.0.len()) - 1]
    }

    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    pub fn best(&self) -> f64 {
        self.0[0]
    }

    pub fn worst(&self) -> f64 {
        self.at(1.0)
    }

    pub fn line(&self) -> String {
        format!(
            "n = {:>3}   median {:>6.1}   p95 {:>6.1}   worst {:>6.1}",
            self.0.len(),
            self.median(),
            self.at(0.95),
            self.worst()
        )
    }
}
