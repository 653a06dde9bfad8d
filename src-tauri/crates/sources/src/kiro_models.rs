//! Kiro's `ListAvailableModels`: what each model costs beside Auto (`interfaces.md` §1.3, §5).

use crate::http::{FetchError, Http};
use crate::json::differs;
use crate::kiro_service;
use crate::kiro_token::KiroLogin;
use crate::number::Number;
use headroom_exact::{Saying, says};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Why an answer is none: where it differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotModels(Saying);

says!(NotModels);

impl From<&NotModels> for Saying {
    fn from(error: &NotModels) -> Self {
        error.0.clone()
    }
}

/// A model and what it costs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelRate {
    /// Its id, such as `claude-sonnet-4.5`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Times the credits of Auto; none where it isn't said.
    pub multiplier: Option<Decimal>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    models: Vec<Model<'a>>,
}

#[derive(Deserialize)]
struct Model<'a> {
    #[serde(borrow, rename = "modelId")]
    id: Cow<'a, str>,
    #[serde(borrow, rename = "modelName")]
    name: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "rateMultiplier")]
    multiplier: Option<Number<'a>>,
}

/// Asks for the models that a login may use.
pub fn fetch(http: &Http, login: &KiroLogin) -> Result<Vec<ModelRate>, FetchError> {
    kiro_service::ask(http, login, "/ListAvailableModels?origin=AI_EDITOR&maxResults=50", parse)
}

/// Reads an answer.
pub fn parse(body: &str) -> Result<Vec<ModelRate>, NotModels> {
    let answer: Answer<'_> = serde_json::from_str(body).map_err(|error| NotModels(differs(&error)))?;
    let rate = |model: Model<'_>| ModelRate {
        name: model.name.unwrap_or_else(|| model.id.clone()).into_owned(),
        id: model.id.into_owned(),
        multiplier: model.multiplier.and_then(Number::exact).filter(Decimal::is_sign_positive),
    };
    Ok(answer.models.into_iter().map(rate).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multipliers_are_exact_and_what_is_not_said_is_none() {
        let models = parse(
            r#"{"models":[{"modelId":"auto","modelName":"Auto","rateMultiplier":1.0,"rateUnit":"Credit","tokenLimits":{"maxInputTokens":200000}},
            {"modelId":"claude-sonnet-4.5","rateMultiplier":1.3},{"modelId":"new"}],"nextToken":null}"#,
        )
        .expect("models");
        let rates: Vec<_> = models
            .iter()
            .map(|model| (model.name.as_str(), model.multiplier.map(|rate| rate.normalize().to_string())))
            .collect();
        let rate = |text: &str| Some(text.to_owned());
        assert_eq!(rates, [("Auto", rate("1")), ("claude-sonnet-4.5", rate("1.3")), ("new", None)]);
        assert!(parse("{}").is_err() && parse(r#"{"models":[{}]}"#).is_err());
    }
}
