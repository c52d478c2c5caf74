//! Times the inner loops, which have no peers: `cargo bench -p cadre-bench`.
//!
//! Criterion tells how each compares with its last run on the same machine, so this is for whoever
//! changes a loop, not for a page.
#![expect(clippy::unwrap_used, reason = "a bench that can't start can only stop")]

use cadre_bench::cases;
use cadre_solver::base_model::BaseModel;
use cadre_solver::{Instance, Plan, Settings, check, problem_hash, solve};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn instance(case: &str) -> Instance {
    cases::invent(case, 1, false).unwrap().compile().unwrap()
}

fn plan(instance: &Instance) -> Plan {
    let outcome = solve(instance, &Settings::default(), &mut |_event| {});
    outcome.plan().unwrap().clone()
}

/// One look at every eligible pair, and a solve, which is a handful of looks and some thousand pivots.
fn core(bench: &mut Criterion) {
    let instance = instance("M");
    let model = BaseModel::new(&instance).unwrap();
    bench.bench_function("core: one pass over all pairs, M", |run| {
        run.iter(|| black_box(model.pass()));
    });
    bench.bench_function("core: lists of offers, M", |run| {
        run.iter(|| black_box(BaseModel::new(&instance).is_some()));
    });
    bench.bench_function("core: solve, M", |run| run.iter(|| black_box(model.solve().cost)));
}

/// The repair of an optimum after one person has withdrawn.
fn repair(bench: &mut Criterion) {
    let instance = instance("M");
    let model = BaseModel::new(&instance).unwrap();
    let (person, _) = model.solve().pairs[0];
    bench.bench_function("core: repair after a withdrawal, M", |run| {
        run.iter_batched(
            || model.session(),
            |mut session| session.withdraw(black_box(person)),
            BatchSize::LargeInput,
        );
    });
}

/// What surrounds a solve: reading, hashing, checking.
fn documents(bench: &mut Criterion) {
    let instance = instance("province");
    let plan = plan(&instance);
    bench.bench_function("compile a problem, province", |run| {
        run.iter_batched(
            || instance.problem().clone(),
            |problem| black_box(problem.compile().is_ok()),
            BatchSize::LargeInput,
        );
    });
    bench.bench_function("hash of a problem, province", |run| {
        run.iter(|| black_box(problem_hash(instance.problem())));
    });
    bench.bench_function("all tiers, province", |run| {
        run.iter(|| black_box(solve(&instance, &Settings::default(), &mut |_event| {})));
    });
    bench.bench_function("check of a plan, province", |run| {
        run.iter(|| black_box(check(&instance, &plan).is_ok()));
    });
}

criterion_group!(inner, core, repair, documents);
criterion_main!(inner);
