//! The roster on a real database.

use super::model::{Absence, AbsenceReason, Profile, Skill, StaffCategory, StaffChange, StaffFilter};
use super::{service, store};
use crate::audit::Change;
use crate::auth::Caller;
use crate::catalogue::service::load_shipped;
use crate::clock::Clock;
use crate::error::Code;
use crate::http::page::Page;
use crate::store::Store;

fn someone(number: &str, name: &str) -> Profile {
    Profile {
        staff_number: number.into(),
        full_name: name.into(),
        department: "so-noi-vu".parse().unwrap(),
        category: StaffCategory::CivilServant,
        primary_field: "home_affairs".parse().unwrap(),
        home_unit: "24781".parse().unwrap(),
        languages: vec![
            "vi".parse().unwrap(),
            "k_ho".parse().unwrap(),
            "vi".parse().unwrap(),
        ],
        volunteer: false,
        skills: vec![Skill {
            field: "home_affairs".parse().unwrap(),
            level: 3,
            years: 5,
            last_worked: "2024-12-31".parse().ok(),
            verified: true,
        }],
        absences: vec![Absence {
            reason: AbsenceReason::Study,
            from: "2025-08-01".parse().unwrap(),
            until: "2025-08-15".parse().unwrap(),
        }],
    }
}

#[test]
fn people_are_added_whole_found_by_folded_name_and_changed_once_per_version() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("cadre.db").display());
    let store = Store::open(&url.parse().unwrap()).unwrap();
    store.migrate().unwrap();
    load_shipped(&store).unwrap();
    let clock = Clock::manual("2025-07-01T00:00:00Z".parse().unwrap());
    let caller = Caller::operator("68".parse().unwrap(), clock.clone());
    let elsewhere = Caller::operator("01".parse().unwrap(), clock);
    let add = |new: Profile| store.write(&caller, |db| service::create(db, &caller, &new));

    let anh = add(someone("NV-1", "Đặng Thị 100% Ánh")).unwrap();
    assert_eq!(
        (anh.version, anh.profile.skills.len(), anh.profile.absences.len()),
        (1, 1, 1)
    );
    assert_eq!(anh.profile.languages.len(), 2);
    add(someone("NV-2", "Nguyễn Văn Mẫu")).unwrap();
    assert_eq!(
        add(someone("NV-1", "Another")).unwrap_err().code(),
        Code::DuplicatePerson
    );
    let mut unknown = someone("NV-3", "Người Mẫu");
    unknown.skills[0].field = "alchemy".parse().unwrap();
    unknown.home_unit = "00004".parse().unwrap(); // A unit, but of another province.
    let told = add(unknown).unwrap_err();
    let places: Vec<&str> = told.faults().iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(places, ["/skills/0/field", "/home_unit"]);

    let found = |filter: StaffFilter| -> Vec<String> {
        let page = Page::new(&caller, "staff", None, None).unwrap();
        let people = store
            .read(|db| service::list(db, &caller, &filter, &page))
            .unwrap();
        people
            .into_iter()
            .map(|person| person.profile.staff_number)
            .collect()
    };
    let named = |name: &str| {
        found(StaffFilter {
            name: Some(name.into()),
            ..StaffFilter::default()
        })
    };
    assert_eq!(named(" ANH  dang "), ["NV-1"]);
    assert_eq!(named("100%"), ["NV-1"]);
    assert_eq!(named("%"), ["NV-1"]);
    assert!(named("_").is_empty());
    assert_eq!(named("").len(), 2);
    let able = |field: &str| {
        found(StaffFilter {
            field: Some(field.parse().unwrap()),
            ..StaffFilter::default()
        })
    };
    assert_eq!((able("home_affairs").len(), able("land").len()), (2, 0));

    let rename = StaffChange {
        full_name: Some("Trần Mẫu".into()),
        ..StaffChange::default()
    };
    let renamed = store
        .write(&caller, |db| -> crate::error::Result<Change<_>> {
            let person = store::update(db, &caller, &anh, &rename)?;
            Ok(Change::new(
                person,
                crate::audit::model::Action::Update,
                "staff",
                anh.id,
            ))
        })
        .unwrap();
    assert_eq!((renamed.version, renamed.profile.absences.len()), (2, 1));
    assert_eq!(named("tran"), ["NV-1"]);
    let stale = store
        .housekeeping(|db| store::replace_skills(db, &caller, &anh, &[]))
        .unwrap_err();
    assert_eq!(stale.code(), Code::StaleVersion);
    let bare = store
        .housekeeping(|db| store::replace_skills(db, &caller, &renamed, &[]))
        .unwrap();
    assert_eq!((bare.version, bare.profile.skills.len()), (3, 0));

    let roster = |caller: &Caller| store.read(|db| store::roster(db, caller.scope())).unwrap();
    assert_eq!((roster(&caller).len(), roster(&elsewhere).len()), (2, 0));
    let hidden = store
        .read(|db| service::find(db, &elsewhere, anh.id))
        .unwrap_err();
    assert_eq!(hidden.code(), Code::NotFound);
}
