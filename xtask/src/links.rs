//! The links of the documents: what they name is there, and so is the place in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::Fallible;
use crate::place::Place;
use crate::step::Ended;

/// Every relative link of every document leads somewhere.
pub fn links(place: &Place) -> Fallible<Ended> {
    let listed = place.printed("git", &["ls-files", "*.md"]).ok_or("git lists no documents")?;
    let (mut count, mut wrong) = (0, 0);
    for name in listed.lines() {
        let file = place.root.join(name);
        // Moved or removed, and not committed yet.
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for link in targets(&text) {
            count += 1;
            if let Some(why) = broken(&file, &text, &link)? {
                println!("{name}: ({link}) {why}");
                wrong += 1;
            }
        }
    }
    println!("{count} links, {wrong} wrong");
    Ok(Ended::passed_if(wrong == 0 && count > 0))
}

/// Why a link leads nowhere.
fn broken(file: &Path, text: &str, link: &str) -> Fallible<Option<String>> {
    let (path, anchor) =
        link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let to = file.parent().unwrap_or(file).join(path);
    if !path.is_empty() && !to.exists() {
        return Ok(Some("is not there".to_owned()));
    }
    let Some(anchor) = anchor else { return Ok(None) };
    let has = if path.is_empty() {
        anchors(text).contains(anchor)
    } else {
        anchors(&fs::read_to_string(&to)?).contains(anchor)
    };
    Ok((!has).then(|| format!("has no place #{anchor}")))
}

/// The lines of prose: not what stands between fences, and without code in a line.
fn prose(text: &str) -> impl Iterator<Item = String> {
    let mut fenced = false;
    text.lines().filter_map(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        let outside = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        (!fence && !fenced).then_some(outside)
    })
}

/// Where the links within the repository lead.
fn targets(text: &str) -> Vec<String> {
    prose(text)
        .flat_map(|line| {
            let found: Vec<String> = line
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split(')').next())
                .map(str::to_owned)
                .collect();
            found
        })
        .filter(|link| !link.contains("://") && !link.starts_with("mailto:"))
        .collect()
}

/// The places in a document: its headings, as forges name them, and what has an id.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        if !fenced && line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim().to_lowercase();
            let slug: String = heading
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
                .map(|c| if c == ' ' { '-' } else { c })
                .collect();
            anchors.insert(slug);
        }
        anchors.extend(
            line.split("id=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .map(str::to_owned),
        );
    }
    anchors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_prose_only() {
        let text = "A [b](c.md#d), `[not](this)` and\n```\n[nor](that)\n```\n[out](https://example.org) ![e](f.svg)";
        assert_eq!(targets(text), ["c.md#d", "f.svg"]);
    }

    #[test]
    fn headings_and_ids_are_places() {
        let found = anchors("# One: the `first` thing\n<a id=\"two\"></a>\n```sh\n# no\n```\n");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["one-the-first-thing", "two"]);
    }

    #[test]
    fn a_link_to_nothing_is_broken() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/links.rs");
        assert!(broken(&file, "# a", "nowhere.md").is_ok_and(|why| why.is_some()));
        assert!(broken(&file, "# a", "#b").is_ok_and(|why| why.is_some()));
        assert!(broken(&file, "# a", "#a").is_ok_and(|why| why.is_none()));
    }
}
