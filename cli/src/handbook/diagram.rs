//! The decision as a picture, laid out from the tables of routes and bindings.

#[cfg(test)]
mod tests;
mod tile;

use optout::binding::{Binding, MATRIX, OptOut, Rule};
use optout::route::{ROUTES, RouteRule};
use optout::{Boundary, Conditions, Identifiability, Origin, PurposeClass, Reason, Verdict};
use svg::Document;
use svg::node::element::{Description, Group, Polygon, Rectangle, Title};

use super::scope::{Reach, statuses};
use super::words::{self, OURS, capital, choice, is_ours, join, opens};
use tile::{Paint, Style, Tile, round};

const WIDTH: f64 = 1100.0;
const MARGIN: f64 = 20.0;
/// Between two boxes.
const GUTTER: f64 = 6.0;
/// Between two parts of the picture.
const BAND: f64 = 26.0;
/// Of the column of routes.
const ROUTE: f64 = 434.0;

const INK: &str = "#16222e";
const MUTED: &str = "#52606d";
const WHITE: &str = "#ffffff";

const TITLE: Style = Style { size: 23.0, bold: true, colour: INK };
const HEAD: Style = Style { size: 14.5, bold: true, colour: INK };
const NAME: Style = Style { size: 13.0, bold: true, colour: INK };
const TEXT: Style = Style { size: 12.5, bold: false, colour: INK };
const NOTE: Style = Style { size: 12.0, bold: false, colour: MUTED };
const ON_DARK: Style = Style { size: 12.5, bold: false, colour: WHITE };
const HEAD_ON_DARK: Style = Style { size: 17.0, bold: true, colour: WHITE };

const PLAIN: Paint = Paint { fill: "#f7f9fb", edge: "#c3ccd5", dashed: false };
const BARE: Paint = Paint { fill: WHITE, edge: WHITE, dashed: false };
const QUESTION: Paint = Paint { fill: "#fff6dd", edge: "#d9a514", dashed: false };
const BINDS: Paint = Paint { fill: "#0b4f8a", edge: "#0b4f8a", dashed: false };
const UNLESS: Paint = Paint { fill: "#a9d3ef", edge: "#0b4f8a", dashed: false };
const ONLY: Paint = Paint { fill: "#eef6fc", edge: "#0b4f8a", dashed: true };
const NEVER: Paint = Paint { fill: "#f1f2f3", edge: "#d5dade", dashed: false };
const ALLOW: Paint = Paint { fill: "#0a6b3d", edge: "#0a6b3d", dashed: false };
const DENY: Paint = Paint { fill: "#a11d1d", edge: "#a11d1d", dashed: false };

/// The diagram, as SVG.
pub(super) fn diagram() -> String {
    let mut group = Group::new();
    let mut y = MARGIN;
    for band in bands() {
        match band.lead {
            Lead::Close => {}
            Lead::Space => y += BAND - GUTTER,
            Lead::Arrows => {
                for x in band.centres() {
                    group = group.add(arrow(x, y - GUTTER + 4.0, BAND - 8.0));
                }
                y += BAND - GUTTER;
            }
        }
        let height = band.height();
        let mut x = MARGIN;
        for tile in &band.tiles {
            group = group.add(tile.draw(x, round(y), height));
            x += tile.width() + GUTTER;
        }
        y += height + GUTTER;
    }
    let height = round(y - GUTTER + MARGIN);
    let document = Document::new()
        .set("viewBox", (0, 0, WIDTH, height))
        .set("width", WIDTH)
        .set("height", height)
        .set("role", "img")
        .set("aria-labelledby", "title description")
        .set(
            "font-family",
            "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, 'Liberation Sans', sans-serif",
        )
        .add(Title::new("May this patient's data be disclosed?").set("id", "title"))
        .add(Description::new().add(svg::node::Text::new(description())).set("id", "description"))
        .add(
            Rectangle::new()
                .set("width", WIDTH)
                .set("height", height)
                .set("rx", 8)
                .set("fill", WHITE),
        )
        .add(group);
    format!("{document}\n")
}

/// A row of boxes of one height.
struct Band {
    tiles: Vec<Tile>,
    lead: Lead,
}

/// What stands between a band and the one above it.
enum Lead {
    Close,
    Space,
    Arrows,
}

impl Band {
    const fn of(tiles: Vec<Tile>) -> Self {
        Self { tiles, lead: Lead::Close }
    }

    const fn after_space(tiles: Vec<Tile>) -> Self {
        Self { tiles, lead: Lead::Space }
    }

    const fn after_arrows(tiles: Vec<Tile>) -> Self {
        Self { tiles, lead: Lead::Arrows }
    }

    fn height(&self) -> f64 {
        self.tiles.iter().map(Tile::height).fold(0.0, f64::max)
    }

    fn centres(&self) -> Vec<f64> {
        let mut left = MARGIN;
        let centres = self.tiles.iter().map(|tile| {
            let centre = left + tile.width() / 2.0;
            left += tile.width() + GUTTER;
            centre
        });
        centres.collect()
    }
}

/// The picture, from top to bottom.
fn bands() -> Vec<Band> {
    let mut bands = vec![title(), questions(), heads()];
    bands.extend(ROUTES.iter().zip(MATRIX).map(|(rule, cells)| route(rule, cells)));
    bands.extend([patient(), recorded(), answers(), legend(), notes()]);
    bands
}

/// The widths of equal boxes beside one another.
fn across(count: f64) -> f64 {
    (WIDTH - 2.0 * MARGIN - (count - 1.0) * GUTTER) / count
}

/// The widths of the columns of opt-outs, which hold more or fewer words.
const fn column(opt_out: OptOut) -> f64 {
    match opt_out {
        OptOut::Type1 => 176.0,
        OptOut::National => 190.0,
        OptOut::Programme => 128.0,
        OptOut::CareObjection => 108.0,
    }
}

fn title() -> Band {
    let tile = Tile::new(across(1.0), BARE).text("May this patient's data be disclosed?", TITLE).text(
        "Read a row from left to right: the route, when it opens, and which opt-outs bind on it. \
         Then look at the patient.",
        NOTE,
    );
    Band::of(vec![tile])
}

fn questions() -> Band {
    let rest = across(1.0) - ROUTE - GUTTER;
    Band::of(vec![
        Tile::new(ROUTE, QUESTION)
            .text("1  Does anything lift confidentiality?", HEAD)
            .text("A row that opens is a lawful way. None: deny.", TEXT),
        Tile::new(rest, QUESTION)
            .text("2  Which opt-outs bind there?", HEAD)
            .text("Those whose scope holds, and whose box in the row says so.", TEXT),
    ])
}

fn heads() -> Band {
    let mut tiles = vec![
        Tile::new(ROUTE, BARE)
            .text("Route", NAME)
            .text("The codes are explained in the handbook.", NOTE),
    ];
    tiles.extend(OptOut::ALL.iter().map(|opt_out| {
        Tile::new(column(*opt_out), BARE)
            .text(words::short(*opt_out), NAME)
            .text(&scope(*opt_out), NOTE)
            .at_top()
    }));
    Band::of(tiles)
}

/// What an opt-out reaches, in a few words.
fn scope(opt_out: OptOut) -> String {
    if opt_out == OptOut::Programme {
        return format!("Scope: with {}", codes(Conditions::PROGRAMME_OPT_OUT));
    }
    let reach = Reach::of(opt_out);
    let parts = [
        choice(&reach.origins, Origin::ALL, |v| v.code().to_owned()),
        choice(&reach.boundaries, Boundary::ALL, |v| v.code().to_owned()),
        choice(&reach.forms, Identifiability::ALL, |v| v.code().to_owned()),
        choice(&reach.classes, PurposeClass::ALL, |v| v.code().to_owned())
            .replace("any but", "not"),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| part != "any").collect();
    if parts.is_empty() {
        "Scope: always".to_owned()
    } else {
        format!("Scope: {}", parts.join(", "))
    }
}

fn route(rule: &RouteRule, cells: &[Binding; 4]) -> Band {
    let name = format!("{}  {}", rule.route.number(), capital(rule.route.meaning()));
    let ours = if is_ours(rule.citations) { OURS } else { "" };
    let opens = format!("{}{ours}", opens(rule, str::to_owned));
    let mut tiles = vec![Tile::new(ROUTE, PLAIN).text(&name, NAME).text(&opens, TEXT)];
    tiles.extend(cells.iter().map(cell));
    Band::of(tiles)
}

fn cell(cell: &Binding) -> Tile {
    let (verb, terms) = words::rule(cell.rule, str::to_owned);
    let cited = words::citations(cell.citations, cell.rule);
    let verb = format!("{verb}{}", if is_ours(&cited) { OURS } else { "" });
    let paint = paint(cell.rule);
    let colour = match cell.rule {
        Rule::Binds => WHITE,
        Rule::Unless { .. } | Rule::OnlyWith(_) => INK,
        Rule::Never | Rule::Outside => MUTED,
    };
    let bold = !matches!(cell.rule, Rule::Never | Rule::Outside);
    let tile = Tile::new(column(cell.opt_out), paint).text(&verb, Style { bold, colour, ..NAME });
    if terms.is_empty() { tile } else { tile.text(&terms, Style { colour, ..TEXT }) }
}

const fn paint(rule: Rule) -> Paint {
    match rule {
        Rule::Binds => BINDS,
        Rule::Unless { .. } => UNLESS,
        Rule::OnlyWith(_) => ONLY,
        Rule::Never | Rule::Outside => NEVER,
    }
}

fn patient() -> Band {
    Band::after_arrows(vec![
        Tile::new(across(1.0), QUESTION)
            .text("3  What has this patient recorded, and do we know it?", HEAD)
            .text(
                "Only what binds on an open row is looked at. What is not known blocks as what is \
                 recorded, but for a care objection.",
                TEXT,
            ),
    ])
}

fn recorded() -> Band {
    let tile = |opt_out: &OptOut| {
        let with = |blocks: bool| {
            let statuses = statuses(*opt_out).into_iter().filter(|status| status.blocks == blocks);
            join(statuses.map(|status| status.short.to_owned()), "or")
        };
        Tile::new(across(4.0), PLAIN)
            .text(words::short(*opt_out), NAME)
            .text(&format!("Blocks: {}", with(true)), TEXT)
            .text(&format!("Does not: {}", with(false)), NOTE)
    };
    Band::of(OptOut::ALL.iter().map(tile).collect())
}

fn answers() -> Band {
    let denials = Reason::PRECEDENCE.iter().filter(|reason| **reason != Reason::Permitted);
    Band::after_arrows(vec![
        Tile::new(across(2.0), ALLOW)
            .text(&Verdict::Allow.code().to_uppercase(), HEAD_ON_DARK)
            .text(
                "when, on some open row that serves this patient, nothing that binds there blocks.",
                ON_DARK,
            )
            .text("The answer names the first such row.", ON_DARK)
            .at_top(),
        Tile::new(across(2.0), DENY)
            .text(&Verdict::Deny.code().to_uppercase(), HEAD_ON_DARK)
            .text("otherwise. The answer gives the first reason that holds:", ON_DARK)
            .text(&join(denials.map(|reason| reason.code().to_owned()), "or"), ON_DARK),
    ])
}

fn legend() -> Band {
    let entry = |rule: Rule, verb: &str, meaning: &str| {
        let colour = if rule == Rule::Binds { WHITE } else { INK };
        Tile::new(across(4.0), paint(rule))
            .text(verb, Style { colour, ..NAME })
            .text(meaning, Style { colour, ..NOTE })
    };
    Band::after_space(vec![
        entry(Rule::Binds, "binds", "blocks who has it, or may have it"),
        entry(
            Rule::Unless {
                lifted_by: Conditions::empty(),
                exempt: &[],
                despite: Conditions::empty(),
            },
            "binds unless …",
            "not where that is asserted, or for that purpose",
        ),
        entry(
            Rule::OnlyWith(Conditions::empty()),
            "only with …",
            "does not bind, unless that is asserted",
        ),
        entry(Rule::Never, "never", "nothing asserted makes it bind"),
    ])
}

/// What the conditions in the boxes mean, and how far a voluntary opt-out reaches.
fn notes() -> Band {
    let mut named = Conditions::PROGRAMME_OPT_OUT;
    for rule in MATRIX.iter().flatten().map(|cell| cell.rule) {
        named |= rule.bound_by();
        if let Rule::Unless { lifted_by, .. } = rule {
            named |= lifted_by;
        }
    }
    named.extend(ROUTES.iter().map(|rule| rule.conditions));
    let mut tile = Tile::new(across(1.0), BARE)
        .text(&format!("{OURS} wholly or in part our own reading, to be confirmed."), NOTE);
    for (_, code, meaning) in Conditions::TABLE.iter().filter(|(flag, ..)| named.contains(*flag)) {
        tile = tile.text(&format!("{code}: {meaning}."), NOTE);
    }
    let reach = Reach::voluntary();
    let classes = words::purposes(&reach.classes, |v| v.code().to_owned());
    let origins = choice(&reach.origins, Origin::ALL, |v| v.code().to_owned());
    Band::of(vec![tile.text(
        &format!(
            "With {}, the national opt-out also binds on every row whose box is not “never”: for {} \
             of {origins}, for {classes}, even where it is disapplied.",
            codes(Conditions::NATIONAL_VOLUNTARY),
            if reach.forms.len() == Identifiability::ALL.len() { "data in any form" } else { "data" },
        ),
        NOTE,
    )])
}

fn codes(conditions: Conditions) -> String {
    join(conditions.codes().map(str::to_owned), "and")
}

fn arrow(x: f64, top: f64, height: f64) -> Group {
    const HEAD_HALF: f64 = 7.0;
    const HEAD_HEIGHT: f64 = 9.0;
    let neck = round(top + height - HEAD_HEIGHT);
    let points =
        format!("{},{neck} {},{neck} {x},{}", x - HEAD_HALF, x + HEAD_HALF, round(top + height));
    Group::new()
        .set("fill", MUTED)
        .add(
            Rectangle::new()
                .set("x", x - 1.0)
                .set("y", round(top))
                .set("width", 2)
                .set("height", round(neck - top)),
        )
        .add(Polygon::new().set("points", points))
}

/// The picture in words, for those who do not see it.
fn description() -> String {
    let rows = ROUTES.iter().zip(MATRIX).map(|(rule, cells)| {
        let cells = cells.iter().map(|cell| {
            let (verb, terms) = words::rule(cell.rule, str::to_owned);
            format!("{} {verb} {terms}", words::short(cell.opt_out)).trim_end().to_owned()
        });
        format!(
            "{}: {} {}.",
            capital(rule.route.meaning()),
            opens(rule, str::to_owned),
            cells.collect::<Vec<_>>().join("; ")
        )
    });
    format!(
        "A row for each route, and whether each opt-out binds on it. {} Allow when, on some open \
         row that serves this patient, nothing that binds there blocks; otherwise deny.",
        rows.collect::<Vec<_>>().join(" ")
    )
}
