//! Ids to indexes.

use crate::faults::Faults;
use crate::index;
use crate::invalid::ErrorCode;
use crate::message::both;
use crate::problem::Problem;
use std::collections::HashMap;

/// The index of every id, by kind.
pub(super) struct Names<'p> {
    pub(super) fields: Kind<'p>,
    pub(super) departments: Kind<'p>,
    pub(super) units: Kind<'p>,
    pub(super) people: Kind<'p>,
    pub(super) needs: Kind<'p>,
}

/// What a kind is called, in English and in Vietnamese.
type Noun = (&'static str, &'static str);

/// The ids of one kind.
pub(super) struct Kind<'p> {
    what: Noun,
    unknown: ErrorCode,
    by_id: HashMap<&'p str, u32>,
}

impl<'p> Names<'p> {
    /// Indexes every id and complains about empty and repeated ones.
    pub(super) fn collect(problem: &'p Problem, faults: &mut Faults) -> Self {
        use ErrorCode::{UnknownDepartment, UnknownField, UnknownNeed, UnknownPerson, UnknownUnit};
        let fields = problem.fields.iter().map(|row| row.id.as_str());
        let departments = problem.departments.iter().map(|row| row.id.as_str());
        let units = problem.units.iter().map(|row| row.id.as_str());
        let people = problem.people.iter().map(|row| row.id.as_str());
        let needs = problem.needs.iter().map(|row| row.id.as_str());
        Self {
            fields: Kind::collect(("field", "lĩnh vực"), "fields", UnknownField, fields, faults),
            departments: Kind::collect(
                ("department", "cơ quan"),
                "departments",
                UnknownDepartment,
                departments,
                faults,
            ),
            units: Kind::collect(("unit", "đơn vị"), "units", UnknownUnit, units, faults),
            people: Kind::collect(("person", "người"), "people", UnknownPerson, people, faults),
            needs: Kind::collect(("need", "nhu cầu"), "needs", UnknownNeed, needs, faults),
        }
    }
}

impl<'p> Kind<'p> {
    fn collect(
        what: Noun,
        list: &'static str,
        unknown: ErrorCode,
        ids: impl Iterator<Item = &'p str>,
        faults: &mut Faults,
    ) -> Self {
        let ((en, vi), mut by_id) = (what, HashMap::new());
        for (at, id) in ids.enumerate() {
            let pointer = format!("/{list}/{at}/id");
            if id.is_empty() {
                faults.add(
                    ErrorCode::EmptyId,
                    &pointer,
                    both!(
                        "a {en} has an empty id: give it one that nothing else uses",
                        "một {vi} có mã trống: hãy đặt một mã chưa dùng",
                    ),
                );
            }
            if let Some(first) = by_id.insert(id, index(at)) {
                faults.add_with(
                    ErrorCode::Duplicate,
                    &pointer,
                    vec![format!("/{list}/{first}/id")],
                    both!(
                        "the {en} id `{id}` is already used at /{list}/{first}: rename or remove one of the two",
                        "mã {vi} `{id}` đã dùng tại /{list}/{first}: hãy đổi mã hoặc bỏ một trong hai",
                    ),
                );
            }
        }
        Self { what, unknown, by_id }
    }

    /// The index of an id, or a fault at the place that mentions it.
    pub(super) fn find(&self, id: &str, pointer: String, faults: &mut Faults) -> Option<u32> {
        let found = self.by_id.get(id).copied();
        if found.is_none() {
            let (en, vi) = self.what;
            let message = both!(
                "no {en} `{id}` is listed: add it or correct the id",
                "không có {vi} `{id}` trong danh sách: hãy thêm vào hoặc sửa lại mã",
            );
            faults.add(self.unknown, pointer, message);
        }
        found
    }

    /// The indexes of a list that names each id once, or faults at the places that don't.
    pub(super) fn find_once<'l>(
        &self,
        ids: impl Iterator<Item = &'l str>,
        here: &str,
        faults: &mut Faults,
    ) -> Vec<u32> {
        let mut seen = HashMap::new();
        let mut found = Vec::new();
        for (nth, id) in ids.enumerate() {
            let pointer = format!("{here}/{nth}");
            if let Some(first) = seen.insert(id, nth) {
                let (en, vi) = self.what;
                faults.add_with(
                    ErrorCode::Duplicate,
                    &pointer,
                    vec![format!("{here}/{first}")],
                    both!(
                        "{en} `{id}` is listed twice: remove one of the two",
                        "{vi} `{id}` được nêu hai lần: hãy bỏ một trong hai",
                    ),
                );
            }
            found.extend(self.find(id, pointer, faults));
        }
        found
    }
}

/// Language codes to small numbers; any text is a language.
#[derive(Default)]
pub(super) struct Languages(HashMap<String, u32>);

impl Languages {
    /// The number of a code, given on first sight.
    pub(super) fn number(&mut self, code: &str) -> u32 {
        let next = index(self.0.len());
        *self.0.entry(code.to_owned()).or_insert(next)
    }
}
