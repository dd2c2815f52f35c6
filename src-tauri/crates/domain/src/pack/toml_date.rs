//! TOML local dates in the file, `YYYY-MM-DD` strings in JSON.

use crate::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

#[derive(Deserialize)]
#[serde(untagged)]
enum Either {
    Toml(toml::value::Datetime),
    Text(String),
}

pub fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    date.serialize(to)
}

pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = match Either::deserialize(from)? {
        Either::Toml(date) => date.to_string(),
        Either::Text(text) => text,
    };
    text.parse().map_err(|_| D::Error::custom(format!("{text} is not a date of the form 2015-04-30")))
}

pub mod option {
    use super::{Date, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        date.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
        super::deserialize(from).map(Some)
    }
}
