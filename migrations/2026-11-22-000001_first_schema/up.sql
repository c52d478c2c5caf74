-- One text for PostgreSQL and SQLite: keys are made by the application (UUIDv7), times are UTC, days are days in Vietnam.

CREATE TABLE provinces (
    code TEXT NOT NULL PRIMARY KEY,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL
);

CREATE TABLE units (
    code TEXT NOT NULL PRIMARY KEY,
    province_code TEXT NOT NULL REFERENCES provinces (code),
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('commune', 'ward', 'special_zone')),
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    area_km2 DOUBLE PRECISION,
    population INTEGER
);
CREATE INDEX units_by_province ON units (province_code, code);

CREATE TABLE fields (
    province_code TEXT NOT NULL REFERENCES provinces (code),
    code TEXT NOT NULL,
    position INTEGER NOT NULL,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    PRIMARY KEY (province_code, code)
);

CREATE TABLE departments (
    province_code TEXT NOT NULL REFERENCES provinces (code),
    code TEXT NOT NULL,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    release_cap INTEGER CHECK (release_cap >= 0),
    PRIMARY KEY (province_code, code)
);

CREATE TABLE users (
    id UUID NOT NULL PRIMARY KEY,
    province_code TEXT NOT NULL REFERENCES provinces (code),
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    display_name TEXT NOT NULL,
    role TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    epoch INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX users_by_province ON users (province_code, id);

-- The units that a commune secretary speaks for (one) or an evaluator rates (any number).
CREATE TABLE user_units (
    user_id UUID NOT NULL REFERENCES users (id),
    unit_code TEXT NOT NULL REFERENCES units (code),
    PRIMARY KEY (user_id, unit_code)
);

CREATE TABLE staff (
    id UUID NOT NULL PRIMARY KEY,
    province_code TEXT NOT NULL REFERENCES provinces (code),
    department_code TEXT NOT NULL,
    staff_number TEXT NOT NULL,
    full_name TEXT NOT NULL,
    search_name TEXT NOT NULL,
    category TEXT NOT NULL,
    primary_field TEXT NOT NULL,
    home_unit_code TEXT NOT NULL REFERENCES units (code),
    languages TEXT NOT NULL,
    volunteer BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    FOREIGN KEY (province_code, department_code) REFERENCES departments (province_code, code),
    FOREIGN KEY (province_code, primary_field) REFERENCES fields (province_code, code),
    UNIQUE (province_code, staff_number)
);
CREATE INDEX staff_by_province ON staff (province_code, id);

CREATE TABLE staff_skills (
    staff_id UUID NOT NULL REFERENCES staff (id),
    field_code TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4),
    years INTEGER NOT NULL CHECK (years >= 0),
    verified BOOLEAN NOT NULL,
    PRIMARY KEY (staff_id, field_code)
);

-- Days on which a person can't serve, and the reason's code; never the papers behind it.
CREATE TABLE staff_absences (
    staff_id UUID NOT NULL REFERENCES staff (id),
    position INTEGER NOT NULL,
    reason TEXT NOT NULL,
    from_date DATE NOT NULL,
    until_date DATE NOT NULL,
    PRIMARY KEY (staff_id, position)
);

CREATE TABLE rounds (
    id UUID NOT NULL PRIMARY KEY,
    province_code TEXT NOT NULL REFERENCES provinces (code),
    name TEXT NOT NULL,
    start_date DATE NOT NULL,
    end_date DATE NOT NULL,
    policy TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (province_code, name)
);

CREATE TABLE round_fields (
    round_id UUID NOT NULL REFERENCES rounds (id),
    field_code TEXT NOT NULL,
    PRIMARY KEY (round_id, field_code)
);

CREATE TABLE needs (
    id UUID NOT NULL PRIMARY KEY,
    province_code TEXT NOT NULL REFERENCES provinces (code),
    round_id UUID NOT NULL REFERENCES rounds (id),
    unit_code TEXT NOT NULL REFERENCES units (code),
    field_code TEXT NOT NULL,
    headcount INTEGER NOT NULL CHECK (headcount > 0),
    min_level INTEGER NOT NULL CHECK (min_level BETWEEN 0 AND 4),
    languages TEXT NOT NULL,
    priority TEXT NOT NULL,
    authority_seat BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    driver TEXT,
    backlog INTEGER CHECK (backlog >= 0),
    internal_first BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    review_note TEXT,
    created_by UUID NOT NULL REFERENCES users (id),
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    FOREIGN KEY (province_code, field_code) REFERENCES fields (province_code, code)
);
CREATE INDEX needs_by_province ON needs (province_code, id);
CREATE INDEX needs_by_round ON needs (round_id, state);

CREATE TABLE plans (
    id UUID NOT NULL PRIMARY KEY,
    province_code TEXT NOT NULL REFERENCES provinces (code),
    round_id UUID NOT NULL REFERENCES rounds (id),
    state TEXT NOT NULL,
    request TEXT NOT NULL,
    progress TEXT,
    problem_hash TEXT,
    result TEXT,
    failure TEXT,
    proposed_by UUID NOT NULL REFERENCES users (id),
    decided_by UUID REFERENCES users (id),
    decision_note TEXT,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX plans_by_province ON plans (province_code, id);

-- What was solved and what came out, whole, so that a plan can be verified again years later.
CREATE TABLE plan_documents (
    plan_id UUID NOT NULL PRIMARY KEY REFERENCES plans (id),
    problem TEXT NOT NULL,
    plan TEXT NOT NULL
);

CREATE TABLE assignments (
    id UUID NOT NULL PRIMARY KEY,
    plan_id UUID NOT NULL REFERENCES plans (id),
    staff_id UUID NOT NULL REFERENCES staff (id),
    need_id UUID NOT NULL REFERENCES needs (id),
    seat_no INTEGER NOT NULL,
    travel_minutes INTEGER NOT NULL,
    fit INTEGER NOT NULL,
    UNIQUE (plan_id, staff_id),
    UNIQUE (plan_id, need_id, seat_no)
);

CREATE TABLE plan_unmet_needs (
    plan_id UUID NOT NULL REFERENCES plans (id),
    need_id UUID NOT NULL REFERENCES needs (id),
    missing INTEGER NOT NULL CHECK (missing > 0),
    eligible INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (plan_id, need_id)
);

CREATE TABLE jobs (
    id UUID NOT NULL PRIMARY KEY,
    province_code TEXT NOT NULL REFERENCES provinces (code),
    plan_id UUID NOT NULL UNIQUE REFERENCES plans (id),
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    worker TEXT,
    lease_until TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX jobs_by_state ON jobs (state, id);

CREATE TABLE secondments (
    id UUID NOT NULL PRIMARY KEY,
    province_code TEXT NOT NULL REFERENCES provinces (code),
    round_id UUID NOT NULL REFERENCES rounds (id),
    plan_id UUID NOT NULL REFERENCES plans (id),
    need_id UUID NOT NULL REFERENCES needs (id),
    seat_no INTEGER NOT NULL,
    staff_id UUID NOT NULL REFERENCES staff (id),
    unit_code TEXT NOT NULL REFERENCES units (code),
    field_code TEXT NOT NULL,
    department_code TEXT NOT NULL,
    start_date DATE NOT NULL,
    end_date DATE NOT NULL,
    state TEXT NOT NULL,
    arrived_on DATE,
    return_post TEXT,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (need_id, seat_no)
);
CREATE INDEX secondments_by_province ON secondments (province_code, id);
CREATE INDEX secondments_by_round ON secondments (round_id, unit_code);
-- Nobody serves in two places at once, whatever two approvals race for.
CREATE UNIQUE INDEX one_active_secondment_per_person ON secondments (staff_id) WHERE state = 'active';

CREATE TABLE evaluations (
    id UUID NOT NULL PRIMARY KEY,
    province_code TEXT NOT NULL REFERENCES provinces (code),
    secondment_id UUID NOT NULL UNIQUE REFERENCES secondments (id),
    unit_code TEXT NOT NULL REFERENCES units (code),
    due_from DATE NOT NULL,
    state TEXT NOT NULL,
    rating TEXT,
    comment TEXT,
    evaluated_by UUID REFERENCES users (id),
    evaluated_at TIMESTAMP,
    version INTEGER NOT NULL
);
CREATE INDEX evaluations_by_province ON evaluations (province_code, id);

CREATE TABLE audit_events (
    id UUID NOT NULL PRIMARY KEY,
    province_code TEXT NOT NULL REFERENCES provinces (code),
    at TIMESTAMP NOT NULL,
    actor_id UUID,
    actor_login TEXT NOT NULL,
    action TEXT NOT NULL,
    resource TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_events_by_province ON audit_events (province_code, id);
