//! Parquet files made by hand, so that they may say of themselves what no tool would write.

/// What a page says of itself, where it is not the truth.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) levels: i64,
    pub(crate) encoding: i64,
    pub(crate) body: Vec<u8>,
    /// Bytes before they were compressed.
    pub(crate) size: Option<i64>,
    pub(crate) checksum: Option<u32>,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Data,
    /// Rows and nulls that the header states, and bytes of the levels: defined, repeated.
    Second(i64, i64, i64, i64),
    Dictionary,
}

/// One column of one group.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) name: &'static str,
    /// The fields of its element of the schema between the repetition and the name, and behind it.
    pub(crate) physical: i64,
    pub(crate) repetition: i64,
    pub(crate) length: Option<i64>,
    pub(crate) noted: Option<i64>,
    pub(crate) logical: Option<i16>,
    pub(crate) codec: i64,
    pub(crate) pages: Vec<Page>,
    /// What the file says of its place, if not the truth.
    pub(crate) dictionary_at: Option<i64>,
    pub(crate) encrypted: bool,
}

pub(crate) const INT64: i64 = 2;
pub(crate) const BYTES: i64 = 6;

/// A page of texts, one for each row.
pub(crate) fn texts(texts: &[&str]) -> Page {
    let mut body = Vec::new();
    for text in texts {
        body.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
        body.extend(text.as_bytes());
    }
    page(texts.len(), body)
}

pub(crate) fn page(levels: usize, body: Vec<u8>) -> Page {
    let levels = i64::try_from(levels).unwrap();
    Page { levels, encoding: 0, body, size: None, checksum: None, kind: Kind::Data }
}

/// A page of numbers.
pub(crate) fn numbers(numbers: impl IntoIterator<Item = i64>) -> Page {
    let bytes: Vec<_> = numbers.into_iter().flat_map(i64::to_le_bytes).collect();
    page(bytes.len() / 8, bytes)
}

/// A run of one level, or of one place in a dictionary.
pub(crate) fn run(value: u8, times: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(&mut bytes, times << 1);
    bytes.push(value);
    bytes
}

/// Levels of a page of the first version, behind their length.
pub(crate) fn levels(runs: &[Vec<u8>]) -> Vec<u8> {
    let runs = runs.concat();
    let mut bytes = u32::try_from(runs.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend(runs);
    bytes
}

/// A dictionary of one text, and a page that repeats it.
pub(crate) fn repeated(text: &str, rows: u64) -> Vec<Page> {
    let mut body = vec![1];
    body.extend(run(0, rows));
    let data = Page { encoding: 8, ..page(usize::try_from(rows).unwrap(), body) };
    vec![Page { kind: Kind::Dictionary, ..texts(&[text]) }, data]
}

pub(crate) fn leaf(name: &'static str, physical: i64, pages: Vec<Page>) -> Leaf {
    Leaf {
        name,
        physical,
        repetition: 0,
        length: None,
        noted: None,
        logical: None,
        codec: 0,
        pages,
        dictionary_at: None,
        encrypted: false,
    }
}

/// A file of one group of so many rows.
pub(crate) fn file(rows: i64, leaves: &[Leaf]) -> Vec<u8> {
    grouped(rows, rows, leaves)
}

/// A file that says how many rows it has, and how many its group has.
pub(crate) fn grouped(all: i64, rows: i64, leaves: &[Leaf]) -> Vec<u8> {
    let mut bytes = b"PAR1".to_vec();
    let mut schema = vec![element(&[(4, text("m")), (5, whole(leaves.len()))])];
    let mut chunks = Vec::new();
    for leaf in leaves {
        schema.push(leaf.element());
        chunks.push(leaf.write(&mut bytes));
    }
    let group = element(&[(1, list(&chunks)), (2, long(100)), (3, long(rows))]);
    let footer = element(&[(1, whole(1)), (2, list(&schema)), (3, long(all)), (4, list(&[group]))]);
    bytes.extend(&footer);
    bytes.extend(u32::try_from(footer.len()).unwrap().to_le_bytes());
    bytes.extend(b"PAR1");
    bytes
}

impl Leaf {
    fn element(&self) -> Vec<u8> {
        let mut fields = vec![(1, whole(self.physical))];
        fields.extend(self.length.map(|length| (2, whole(length))));
        fields.extend([(3, whole(self.repetition)), (4, text(self.name))]);
        fields.extend(self.noted.map(|noted| (6, whole(noted))));
        fields.extend(self.logical.map(|of| (10, (12, element(&[(of, (12, vec![0]))])))));
        element(&fields)
    }

    fn write(&self, bytes: &mut Vec<u8>) -> Vec<u8> {
        let start = bytes.len();
        let mut data = start;
        for page in &self.pages {
            if page.kind == Kind::Dictionary {
                bytes.extend(page.written());
                data = bytes.len();
            } else {
                bytes.extend(page.written());
            }
        }
        let levels: i64 =
            self.pages.iter().filter(|p| p.kind != Kind::Dictionary).map(|p| p.levels).sum();
        let name = [varied(self.name.len()), self.name.as_bytes().to_vec()].concat();
        let encoding = |of: i64| whole(of).1;
        let mut fields = vec![
            (1, whole(self.physical)),
            (2, (9, [vec![0x15], encoding(0)].concat())),
            (3, (9, [vec![0x18], name].concat())),
            (4, whole(self.codec)),
            (5, long(levels)),
            (6, long(i64::try_from(bytes.len() - start).unwrap())),
            (7, long(i64::try_from(bytes.len() - start).unwrap())),
            (9, long(i64::try_from(data).unwrap())),
        ];
        let at = if data > start { Some(i64::try_from(start).unwrap()) } else { None };
        fields.extend(self.dictionary_at.or(at).map(|at| (11, long(at))));
        let mut chunk = vec![(2, long(0)), (3, (12, element(&fields)))];
        if self.encrypted {
            chunk.push((8, (12, element(&[(1, (12, vec![0]))]))));
        }
        element(&chunk)
    }
}

impl Page {
    fn written(&self) -> Vec<u8> {
        let packed = i64::try_from(self.body.len()).unwrap();
        let kind = match self.kind {
            Kind::Data => 0,
            Kind::Dictionary => 2,
            Kind::Second(..) => 3,
        };
        let mut fields =
            vec![(1, whole(kind)), (2, whole(self.size.unwrap_or(packed))), (3, whole(packed))];
        fields.extend(self.checksum.map(|sum| (4, whole(i64::from(sum.cast_signed())))));
        let (levels, encoding) = ((1, whole(self.levels)), (2, whole(self.encoding)));
        fields.push(match self.kind {
            Kind::Data => (5, (12, element(&[levels, encoding, (3, whole(3)), (4, whole(3))]))),
            Kind::Dictionary => (7, (12, element(&[levels, encoding]))),
            Kind::Second(rows, nulls, defined, repeated) => {
                let counts =
                    [levels, (2, whole(nulls)), (3, whole(rows)), (4, whole(self.encoding))];
                let lengths = [(5, whole(defined)), (6, whole(repeated)), (7, (2, Vec::new()))];
                (8, (12, element(&[counts.to_vec(), lengths.to_vec()].concat())))
            }
        });
        [element(&fields), self.body.clone()].concat()
    }
}

/// The type of a field and its bytes.
type Field = (u8, Vec<u8>);

fn element(fields: &[(i16, Field)]) -> Vec<u8> {
    let (mut bytes, mut last) = (Vec::new(), 0);
    for (id, (kind, held)) in fields {
        let more = u8::try_from(id - last).unwrap_or(u8::MAX);
        if more < 16 {
            bytes.push(more << 4 | kind);
        } else {
            bytes.push(*kind);
            bytes.extend(whole(i64::from(*id)).1);
        }
        bytes.extend(held);
        last = *id;
    }
    bytes.push(0);
    bytes
}

fn whole(number: impl TryInto<i64>) -> Field {
    let number: i64 = number.try_into().unwrap_or_default();
    let mut bytes = Vec::new();
    varint(&mut bytes, ((number << 1) ^ (number >> 63)).cast_unsigned());
    (5, bytes)
}

fn long(number: i64) -> Field {
    (6, whole(number).1)
}

fn text(text: &str) -> Field {
    (8, [varied(text.len()), text.as_bytes().to_vec()].concat())
}

fn list(structs: &[Vec<u8>]) -> Field {
    let count = varied(structs.len());
    (9, [vec![0xfc], count, structs.concat()].concat())
}

fn varied(number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(&mut bytes, number as u64);
    bytes
}

fn varint(into: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        into.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    into.push((number & 127) as u8);
}

/// The checksum of a page, bit by bit.
pub(crate) fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 }
        })
    })
}
