//! A document in GitHub-flavoured Markdown, built from its parts.

use optout::Clause;

/// Markdown text, and the headings for its table of contents.
#[derive(Default)]
pub(super) struct Page {
    text: String,
    contents: Vec<(&'static str, String)>,
    parts: usize,
}

impl Page {
    /// A numbered section; `id` is what links name.
    pub(super) fn section(&mut self, id: &'static str, title: &str) {
        self.contents.push((id, title.to_owned()));
        self.parts = 0;
        let number = self.contents.len();
        self.push(&format!("<a id=\"{id}\"></a>\n\n## {number}. {title}"));
    }

    /// A numbered part of the section.
    pub(super) fn part(&mut self, id: &str, title: &str) {
        self.parts += 1;
        let (section, part) = (self.contents.len(), self.parts);
        self.push(&format!("<a id=\"{id}\"></a>\n\n### {section}.{part} {title}"));
    }

    /// A heading without a number.
    pub(super) fn heading(&mut self, title: &str) {
        self.push(&format!("#### {title}"));
    }

    /// A paragraph, or any other block of Markdown.
    pub(super) fn push(&mut self, block: &str) {
        self.text.push_str(block.trim());
        self.text.push_str("\n\n");
    }

    /// A bulleted list.
    pub(super) fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let items: Vec<_> = items.into_iter().map(|item| format!("- {item}")).collect();
        self.push(&items.join("\n"));
    }

    /// A numbered list.
    pub(super) fn steps(&mut self, items: impl IntoIterator<Item = String>) {
        let items: Vec<_> =
            items.into_iter().enumerate().map(|(i, item)| format!("{}. {item}", i + 1)).collect();
        self.push(&items.join("\n"));
    }

    /// A table: each row has as many cells as the head.
    pub(super) fn table<const N: usize>(
        &mut self,
        head: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        let mut lines = vec![row(&head), row(&[":---"; N])];
        lines.extend(rows.into_iter().map(|cells| row(&cells)));
        self.push(&lines.join("\n"));
    }

    /// The sections so far, as a list of links.
    pub(super) fn contents(&self) -> String {
        let links = self.contents.iter().enumerate();
        let links: Vec<_> =
            links.map(|(i, (id, title))| format!("{}. [{title}](#{id})", i + 1)).collect();
        links.join("\n")
    }

    /// The whole text, ending in a line break.
    pub(super) fn into_text(self) -> String {
        format!("{}\n", self.text.trim_end())
    }
}

fn row(cells: &[impl AsRef<str>]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| cell.as_ref().replace('|', "\\|")).collect();
    format!("| {} |", cells.join(" | "))
}

/// The id of a clause in the table of sources.
pub(super) fn source_id(clause: Clause) -> String {
    format!("source-{}", clause.code().to_ascii_lowercase().replace('.', "-"))
}

/// What makes `[KEY]` a link to the source, anywhere in the text.
pub(super) fn source_links() -> String {
    let links = Clause::ALL.iter().map(|clause| format!("[{clause}]: #{}", source_id(*clause)));
    links.collect::<Vec<_>>().join("\n")
}
