//! Character maps: from the codes in a page's strings back to characters. Every form that a report of ours has ever used.

use std::collections::BTreeMap;

/// A code and how many bytes it has.
type Code = (usize, u32);

/// What a font's `ToUnicode` says.
#[derive(Debug, Default)]
pub struct CodeMap {
    /// First and last code of each range of codes.
    spaces: Vec<(Code, Code)>,
    characters: BTreeMap<Code, char>,
}

#[derive(Debug)]
enum Operand {
    Hex(String),
    List(Vec<String>),
}

impl Operand {
    fn code(&self) -> Option<Code> {
        let Self::Hex(digits) = self else { return None };
        Some((digits.len() / 2, u32::from_str_radix(digits, 16).ok()?))
    }
}

impl CodeMap {
    /// Reads a map.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut map = Self::default();
        let mut operands: Vec<Operand> = Vec::new();
        let mut list: Option<Vec<String>> = None;
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let (token, after) = match next {
                '<' => rest[1..].split_once('>').unwrap_or((&rest[1..], "")),
                '[' | ']' => rest.split_at(1),
                c if c.is_ascii_alphabetic() => {
                    rest.split_at(rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len()))
                }
                c => ("", &rest[c.len_utf8()..]),
            };
            rest = after;
            match (next, &mut list) {
                ('<', Some(list)) => list.push(token.to_owned()),
                ('<', None) => operands.push(Operand::Hex(token.to_owned())),
                ('[', _) => list = Some(Vec::new()),
                (']', _) => operands.extend(list.take().map(Operand::List)),
                _ if !token.is_empty() => map.section(token, &std::mem::take(&mut operands)),
                _ => {}
            }
        }
        map
    }

    fn section(&mut self, ends: &str, operands: &[Operand]) {
        match ends {
            "endcodespacerange" => {
                let pairs = operands.chunks_exact(2);
                self.spaces.extend(pairs.filter_map(|pair| Some((pair[0].code()?, pair[1].code()?))));
            }
            "endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(code), Operand::Hex(meaning)) = (pair[0].code(), &pair[1]) {
                        self.characters.extend(character(meaning).map(|c| (code, c)));
                    }
                }
            }
            "endbfrange" => {
                for range in operands.chunks_exact(3) {
                    if let (Some((size, first)), Operand::List(meanings)) = (range[0].code(), &range[2]) {
                        let each = (first..).zip(meanings);
                        self.characters.extend(each.filter_map(|(code, hex)| Some(((size, code), character(hex)?))));
                    }
                }
            }
            _ => {}
        }
    }

    /// The characters of a string; what has no meaning is left out.
    #[must_use]
    pub fn read(&self, bytes: &[u8]) -> String {
        let mut out = String::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let size = self.size(rest).min(rest.len());
            let (code, after) = rest.split_at(size);
            out.extend(self.characters.get(&(size, value(code))));
            rest = after;
        }
        out
    }

    /// How many bytes the code has that begins here.
    fn size(&self, bytes: &[u8]) -> usize {
        let fits = |size: usize| {
            let code = bytes.get(..size).map(value);
            let holds =
                |((n, from), (_, to)): &(Code, Code)| *n == size && code.is_some_and(|c| (*from..=*to).contains(&c));
            self.spaces.iter().any(holds)
        };
        (1..=4).find(|size| fits(*size)).unwrap_or(1)
    }
}

fn value(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// The one character that UTF-16 digits mean.
fn character(hex: &str) -> Option<char> {
    let units: Option<Vec<u16>> =
        (0..hex.len() / 4).map(|i| u16::from_str_radix(hex.get(i * 4..i * 4 + 4)?, 16).ok()).collect();
    let mut characters = char::decode_utf16(units?);
    match (characters.next(), characters.next()) {
        (Some(Ok(one)), None) => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::CodeMap;

    #[test]
    fn codes_of_one_and_of_two_bytes_are_taken_apart() {
        let map = CodeMap::new(
            "2 begincodespacerange\n<00><F9>\n<FA00><FFFF>\nendcodespacerange\n2 beginbfrange\n<41><42>[<7532><4E59>]\n\
             <FA05><FA05>[<D872DF69>]\nendbfrange",
        );
        assert_eq!(map.read(&[0x41, 0xFA, 0x05, 0x42, 0x07]), "甲𬭩乙");
    }

    #[test]
    fn reports_of_version_one_are_read_too() {
        let map = CodeMap::new(
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n1 beginbfchar\n<0041> <7532>\nendbfchar",
        );
        assert_eq!(map.read(&[0, 0x41, 0]), "甲");
    }
}
