//! The tables as diesel sees them; a test holds them against the migrated database of each engine.

diesel::table! {
    use diesel::sql_types::{Text};

    provinces (code) {
        code -> Text,
        name_vi -> Text,
        name_en -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};

    units (code) {
        code -> Text,
        province_code -> Text,
        name_vi -> Text,
        name_en -> Text,
        kind -> Text,
        lat -> Nullable<Double>,
        lon -> Nullable<Double>,
        area_km2 -> Nullable<Double>,
        population -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Text};

    fields (province_code, code) {
        province_code -> Text,
        code -> Text,
        position -> Integer,
        name_vi -> Text,
        name_en -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};

    departments (province_code, code) {
        province_code -> Text,
        code -> Text,
        name_vi -> Text,
        name_en -> Text,
        release_cap -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Integer, Text, Timestamp};
    use super::super::backend::Uuid;

    users (id) {
        id -> Uuid,
        province_code -> Text,
        login -> Text,
        password_hash -> Text,
        display_name -> Text,
        role -> Text,
        active -> Bool,
        epoch -> Integer,
        version -> Integer,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::{Text};
    use super::super::backend::Uuid;

    user_units (user_id, unit_code) {
        user_id -> Uuid,
        unit_code -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Integer, Text, Timestamp};
    use super::super::backend::Uuid;

    staff (id) {
        id -> Uuid,
        province_code -> Text,
        department_code -> Text,
        staff_number -> Text,
        full_name -> Text,
        search_name -> Text,
        category -> Text,
        primary_field -> Text,
        home_unit_code -> Text,
        languages -> Text,
        volunteer -> Bool,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Integer, Nullable, Text};
    use super::super::backend::Uuid;

    staff_skills (staff_id, field_code) {
        staff_id -> Uuid,
        field_code -> Text,
        level -> Integer,
        years -> Integer,
        verified -> Bool,
        last_worked -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Text};
    use super::super::backend::Uuid;

    staff_absences (staff_id, position) {
        staff_id -> Uuid,
        position -> Integer,
        reason -> Text,
        from_date -> Date,
        until_date -> Date,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Text, Timestamp};
    use super::super::backend::Uuid;

    rounds (id) {
        id -> Uuid,
        province_code -> Text,
        name -> Text,
        start_date -> Date,
        end_date -> Date,
        policy -> Text,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::{Text};
    use super::super::backend::Uuid;

    round_fields (round_id, field_code) {
        round_id -> Uuid,
        field_code -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Integer, Nullable, Text, Timestamp};
    use super::super::backend::Uuid;

    needs (id) {
        id -> Uuid,
        province_code -> Text,
        round_id -> Uuid,
        unit_code -> Text,
        field_code -> Text,
        headcount -> Integer,
        min_level -> Integer,
        languages -> Text,
        priority -> Text,
        authority_seat -> Bool,
        reason -> Text,
        driver -> Nullable<Text>,
        backlog -> Nullable<Integer>,
        internal_first -> Bool,
        state -> Text,
        review_note -> Nullable<Text>,
        created_by -> Uuid,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text, Timestamp};
    use super::super::backend::Uuid;

    plans (id) {
        id -> Uuid,
        province_code -> Text,
        round_id -> Uuid,
        state -> Text,
        request -> Text,
        progress -> Nullable<Text>,
        problem_hash -> Nullable<Text>,
        result -> Nullable<Text>,
        failure -> Nullable<Text>,
        proposed_by -> Uuid,
        decided_by -> Nullable<Uuid>,
        decision_note -> Nullable<Text>,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::{Text};
    use super::super::backend::Uuid;

    plan_documents (plan_id) {
        plan_id -> Uuid,
        problem -> Text,
        plan -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer};
    use super::super::backend::Uuid;

    assignments (id) {
        id -> Uuid,
        plan_id -> Uuid,
        staff_id -> Uuid,
        need_id -> Uuid,
        seat_no -> Integer,
        travel_minutes -> Integer,
        fit -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use super::super::backend::Uuid;

    plan_unmet_needs (plan_id, need_id) {
        plan_id -> Uuid,
        need_id -> Uuid,
        missing -> Integer,
        eligible -> Integer,
        reasons -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text, Timestamp};
    use super::super::backend::Uuid;

    jobs (id) {
        id -> Uuid,
        province_code -> Text,
        plan_id -> Uuid,
        state -> Text,
        attempt -> Integer,
        worker -> Nullable<Text>,
        lease_until -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Nullable, Text, Timestamp};
    use super::super::backend::Uuid;

    secondments (id) {
        id -> Uuid,
        province_code -> Text,
        round_id -> Uuid,
        plan_id -> Uuid,
        need_id -> Uuid,
        seat_no -> Integer,
        staff_id -> Uuid,
        unit_code -> Text,
        field_code -> Text,
        department_code -> Text,
        start_date -> Date,
        end_date -> Date,
        state -> Text,
        arrived_on -> Nullable<Date>,
        return_post -> Nullable<Text>,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Nullable, Text, Timestamp};
    use super::super::backend::Uuid;

    evaluations (id) {
        id -> Uuid,
        province_code -> Text,
        secondment_id -> Uuid,
        unit_code -> Text,
        due_from -> Date,
        state -> Text,
        rating -> Nullable<Text>,
        comment -> Nullable<Text>,
        evaluated_by -> Nullable<Uuid>,
        evaluated_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text, Timestamp};
    use super::super::backend::Uuid;

    audit_events (id) {
        id -> Uuid,
        province_code -> Text,
        at -> Timestamp,
        actor_id -> Nullable<Uuid>,
        actor_login -> Text,
        action -> Text,
        resource -> Text,
        resource_id -> Text,
        detail -> Text,
    }
}

diesel::joinable!(units -> provinces (province_code));
diesel::joinable!(fields -> provinces (province_code));
diesel::joinable!(departments -> provinces (province_code));
diesel::joinable!(users -> provinces (province_code));
diesel::joinable!(user_units -> users (user_id));
diesel::joinable!(user_units -> units (unit_code));
diesel::joinable!(staff -> provinces (province_code));
diesel::joinable!(staff -> units (home_unit_code));
diesel::joinable!(staff_skills -> staff (staff_id));
diesel::joinable!(staff_absences -> staff (staff_id));
diesel::joinable!(rounds -> provinces (province_code));
diesel::joinable!(round_fields -> rounds (round_id));
diesel::joinable!(needs -> provinces (province_code));
diesel::joinable!(needs -> rounds (round_id));
diesel::joinable!(needs -> units (unit_code));
diesel::joinable!(needs -> users (created_by));
diesel::joinable!(plans -> provinces (province_code));
diesel::joinable!(plans -> rounds (round_id));
diesel::joinable!(plan_documents -> plans (plan_id));
diesel::joinable!(assignments -> plans (plan_id));
diesel::joinable!(assignments -> staff (staff_id));
diesel::joinable!(assignments -> needs (need_id));
diesel::joinable!(plan_unmet_needs -> plans (plan_id));
diesel::joinable!(plan_unmet_needs -> needs (need_id));
diesel::joinable!(jobs -> provinces (province_code));
diesel::joinable!(jobs -> plans (plan_id));
diesel::joinable!(secondments -> provinces (province_code));
diesel::joinable!(secondments -> rounds (round_id));
diesel::joinable!(secondments -> plans (plan_id));
diesel::joinable!(secondments -> needs (need_id));
diesel::joinable!(secondments -> staff (staff_id));
diesel::joinable!(secondments -> units (unit_code));
diesel::joinable!(evaluations -> provinces (province_code));
diesel::joinable!(evaluations -> secondments (secondment_id));
diesel::joinable!(evaluations -> units (unit_code));
diesel::joinable!(evaluations -> users (evaluated_by));
diesel::joinable!(audit_events -> provinces (province_code));

diesel::allow_tables_to_appear_in_same_query!(
    provinces,
    units,
    fields,
    departments,
    users,
    user_units,
    staff,
    staff_skills,
    staff_absences,
    rounds,
    round_fields,
    needs,
    plans,
    plan_documents,
    assignments,
    plan_unmet_needs,
    jobs,
    secondments,
    evaluations,
    audit_events,
);
