//! Kiro's `ListAvailableModels`: what each model costs beside Auto (`interfaces.md` §1.3, §5).

use crate::files::bounded::at_most;
use crate::kiro::service;
use crate::kiro::token::KiroLogin;
use crate::wire::http::{FetchError, Http, escaped};
use crate::wire::json::{differs, name, needed_name};
use crate::wire::number::Number;
use headroom_exact::{Saying, say, says};
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
    #[serde(borrow, deserialize_with = "at_most::<MOST_MODELS, _, _>")]
    models: Option<Vec<Model<'a>>>,
    #[serde(borrow, default, rename = "nextToken")]
    next: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Model<'a> {
    #[serde(rename = "modelId", deserialize_with = "needed_name")]
    id: String,
    #[serde(default, rename = "modelName", deserialize_with = "name")]
    name: Option<String>,
    #[serde(borrow, rename = "rateMultiplier")]
    multiplier: Option<Number<'a>>,
}

/// The most models of an account, and of an answer.
const MOST_MODELS: usize = 1_000;
/// The most answers that they come in.
const MOST_PAGES: usize = 20;

/// A part of the models.
struct Page {
    models: Vec<ModelRate>,
    /// By what the next part is asked for; none after the last.
    next: Option<String>,
}

/// Asks for the models that a login may use.
pub fn fetch(http: &Http, login: &KiroLogin) -> Result<Vec<ModelRate>, FetchError> {
    let all = whole(|next| {
        let next = next.map(|next| format!("&nextToken={}", escaped(next, b""))).unwrap_or_default();
        let path = format!("/ListAvailableModels?origin=AI_EDITOR&maxResults=50{next}");
        service::ask(http, login, &path, page)
    });
    all?.map_err(|NotModels(reason)| FetchError::Unreadable { vendor: "Kiro", reason })
}

/// All pages, one after the other.
fn whole<E>(
    mut ask: impl FnMut(Option<&str>) -> Result<Page, E>,
) -> Result<Result<Vec<ModelRate>, NotModels>, E> {
    let mut models = Vec::new();
    let mut next = None;
    for _ in 0..MOST_PAGES {
        let page = ask(next.as_deref())?;
        models.extend(page.models);
        if models.len() > MOST_MODELS {
            return Ok(Err(NotModels(say!("too-many-models", most = MOST_MODELS))));
        }
        next = page.next;
        if next.is_none() {
            return Ok(Ok(models));
        }
    }
    Ok(Err(NotModels(say!("too-many-pages", most = MOST_PAGES))))
}

/// Reads an answer that holds them all.
pub fn parse(body: &str) -> Result<Vec<ModelRate>, NotModels> {
    page(body).map(|page| page.models)
}

fn page(body: &str) -> Result<Page, NotModels> {
    let answer: Answer<'_> = serde_json::from_str(body).map_err(|error| NotModels(differs(&error)))?;
    let rate = |model: Model<'_>| ModelRate {
        name: model.name.unwrap_or_else(|| model.id.clone()),
        id: model.id,
        multiplier: model.multiplier.and_then(Number::exact).filter(Decimal::is_sign_positive),
    };
    let models = answer.models.ok_or_else(|| NotModels(say!("field-missing", field = "models")))?;
    let next = answer.next.filter(|next| !next.is_empty()).map(Cow::into_owned);
    Ok(Page { models: models.into_iter().map(rate).collect(), next })
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
        assert!(parse(r#"{"models":null}"#).is_err() && parse(r#"{"models":[{"modelId":null}]}"#).is_err());
    }

    #[test]
    fn models_that_come_in_pages_are_all_there() {
        let mut asked = Vec::new();
        let models = whole(|next| {
            asked.push(next.map(str::to_owned));
            page(match next {
                None => r#"{"models":[{"modelId":"a"}],"nextToken":"2"}"#,
                Some("2") => r#"{"models":[{"modelId":"b"}],"nextToken":"3"}"#,
                Some(_) => r#"{"models":[{"modelId":"c"}],"nextToken":""}"#,
            })
        });
        let models = models.expect("answers").expect("models");
        assert_eq!(models.iter().map(|model| model.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(asked, [None, Some("2".to_owned()), Some("3".to_owned())]);
    }

    #[test]
    fn more_than_any_account_has_is_refused_and_not_cut() {
        let refused = |body: &str| parse(body).expect_err("refused").to_string();
        let entries = vec![r#"{"modelId":"m"}"#; 1_001].join(",");
        assert_eq!(refused(&format!(r#"{{"models":[{entries}]}}"#)), "too-many-entries(most: 1000)");
        for field in ["modelId", "modelName"] {
            let model = format!(r#"{{"models":[{{"modelId":"m","{field}":"{}"}}]}}"#, "é".repeat(301));
            let model = if field == "modelId" { model.replacen(r#""modelId":"m","#, "", 1) } else { model };
            assert_eq!(refused(&model), "name-too-long(most: 300)", "{field}");
        }
        assert!(parse(&format!(r#"{{"models":[{{"modelId":"{}"}}]}}"#, "é".repeat(300))).is_ok());
        let mut asked = 0;
        let endless = whole(|_| {
            asked += 1;
            page(r#"{"models":[{"modelId":"m"}],"nextToken":"again"}"#)
        });
        let endless = endless.expect("answers").expect_err("refused").to_string();
        assert_eq!((endless.as_str(), asked), ("too-many-pages(most: 20)", 20));
        let many =
            format!(r#"{{"models":[{}],"nextToken":"more"}}"#, vec![r#"{"modelId":"m"}"#; 600].join(","));
        let many = whole(|_| page(&many)).expect("answers").expect_err("refused").to_string();
        assert_eq!(many, "too-many-models(most: 1000)");
    }
}
