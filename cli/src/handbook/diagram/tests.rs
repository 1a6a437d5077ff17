//! The picture shows every rule, and its text fits.

use super::*;
use svg::node::element::tag::Type;
use svg::parser::Event;

#[test]
fn no_line_of_text_is_wider_than_its_box() {
    for tile in bands().iter().flat_map(|band| &band.tiles) {
        assert!(tile.needs_width() <= tile.width(), "{} in {}", tile.needs_width(), tile.width());
    }
}

#[test]
fn every_band_is_as_wide_as_the_picture() {
    for band in bands() {
        let widths: f64 = band.tiles.iter().map(Tile::width).sum();
        let gutters = GUTTER * f64::from(u32::try_from(band.tiles.len() - 1).unwrap());
        assert!((widths + gutters - across(1.0)).abs() < 0.01, "{}", widths + gutters);
    }
}

#[test]
fn every_route_and_rule_is_drawn() {
    let text = diagram();
    for (rule, cells) in ROUTES.iter().zip(MATRIX) {
        assert!(text.contains(&capital(rule.route.meaning())), "{}", rule.route);
        for cell in cells {
            let (verb, _) = words::rule(cell.rule, str::to_owned);
            assert!(text.contains(verb) && text.contains(paint(cell.rule).fill), "{verb}");
        }
    }
    for (_, code, meaning) in Conditions::TABLE {
        if description().contains(code) {
            assert!(text.contains(meaning), "{code} is not explained");
        }
    }
}

#[test]
fn it_is_well_formed_and_always_the_same() {
    let text = diagram();
    assert_eq!(text, diagram());
    let mut depth = 0;
    for event in svg::read(&text).unwrap() {
        match event {
            Event::Tag(_, Type::Start, _) => depth += 1,
            Event::Tag(_, Type::End, _) => depth -= 1,
            Event::Error(error) => panic!("{error}"),
            Event::Tag(_, Type::Empty, _)
            | Event::Text(_)
            | Event::Comment(_)
            | Event::Declaration(_)
            | Event::Instruction(_) => {}
        }
    }
    assert_eq!(depth, 0);
}
