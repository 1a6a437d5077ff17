//! Many look-ups at once answer as one by one, wherever a number stands and the bytes are.

use optout::National;
use optout::record::NhsNumber;
use optout::record::register::{MaxAge, Register};

use super::register::{CHECKED, build, numbers, reopened};

#[test]
fn many_at_once_answer_as_one_by_one() {
    let asked = numbers(400_000_000, 4000, 5);
    let (clear, left): (Vec<_>, Vec<_>) =
        asked.iter().enumerate().partition(|(place, _)| place % 3 != 0);
    let clear: Vec<_> = clear.into_iter().map(|(_, number)| *number).collect();
    let register = build(&asked, &clear);
    let view = register.at(CHECKED, MaxAge::days(1));
    let strangers = numbers(400_000_001, 4000, 5);
    let opted_out = left.into_iter().map(|(_, number)| Some(*number));
    let mixed: Vec<_> = opted_out
        .flat_map(|number| [number, None, Some(clear[7])])
        .chain(strangers.into_iter().flat_map(|number| [None, Some(number)]))
        .chain(clear.iter().map(|number| Some(*number)))
        .collect();
    for length in
        [0, 1, 15, 16, 17, 31, 63, 64, 65, 2047, 2048, 2049, 4095, 4096, 4097, mixed.len()]
    {
        for probes in [&mixed[..length], &mixed[mixed.len() - length..]] {
            let one_by_one: Vec<_> = probes
                .iter()
                .map(|number| number.map_or(National::Unknown, |number| view.status(number)))
                .collect();
            let mut many = vec![National::NoNhsNumber; length];
            view.status_many(probes, &mut many).unwrap();
            assert_eq!(many, one_by_one);
        }
    }
}

#[test]
fn where_a_number_stands_changes_nothing() {
    // Enough for the system's large pages: 700 pages of numbers, each with groups of its own width.
    let asked = numbers(400_000_000, 60_000, 383);
    let clear: Vec<_> = asked
        .iter()
        .copied()
        .filter(|n| n.first_nine() / 32_768 % 40 < n.first_nine() % 41)
        .collect();
    let built = build(&asked, &clear);
    assert!(built.as_bytes().len() > 1 << 21);
    let probes: Vec<_> = (399_999_000..423_100_000)
        .step_by(131)
        .map(NhsNumber::from_first_nine)
        .chain(asked.iter().copied().map(Some))
        .collect();
    let longer = [built.as_bytes(), &[]].concat();
    let unexpected = Register::read(&longer[..], 1).unwrap();
    let expected = Register::read(&longer[..], longer.len() as u64).unwrap();
    for register in [&built, &built.clone(), &reopened(&built), &unexpected, &expected] {
        assert_eq!(register.as_bytes(), built.as_bytes());
        let view = register.at(CHECKED, MaxAge::days(1));
        let one_by_one: Vec<_> = probes
            .iter()
            .map(|number| number.map_or(National::Unknown, |number| view.status(number)))
            .collect();
        let told = one_by_one.iter().skip(probes.len() - asked.len());
        let opted_out = told.filter(|status| **status == National::OptedOut).count();
        assert_eq!(opted_out as u64, register.opted_out());
        // 7919 has no factor in common with the number of probes, so each stands anywhere.
        assert_ne!(probes.len() % 7919, 0);
        let order: Vec<_> = (0..probes.len()).map(|i| i * 7919 % probes.len()).collect();
        let shuffled: Vec<_> = order.iter().map(|i| probes[*i]).collect();
        for size in [shuffled.len(), 4096, 2048, 1000] {
            let mut many = vec![National::NoNhsNumber; shuffled.len()];
            for (numbers, statuses) in shuffled.chunks(size).zip(many.chunks_mut(size)) {
                view.status_many(numbers, statuses).unwrap();
            }
            assert!(order.iter().zip(&many).all(|(i, status)| one_by_one[*i] == *status), "{size}");
        }
    }
}
