//! The OpenAPI document, put together from the registry: what handlers say of themselves, the access table's roles, and
//! the problems that any route may answer.

use super::problem::{FaultDto, ProblemDto};
use super::registry::{Access, BASE, Registry, SLICES, openapi_method};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Paths, Ref, RefOr, Server};
use utoipa::{PartialSchema, ToSchema};

const SCHEME: &str = "bearer";

/// The document.
pub fn document() -> OpenApi {
    let mut paths = Paths::new();
    let mut components = ComponentsBuilder::new()
        .security_scheme(
            SCHEME,
            SecurityScheme::Http(
                HttpBuilder::new()
                    .scheme(HttpAuthScheme::Bearer)
                    .bearer_format("JWT")
                    .build(),
            ),
        )
        .schema(ProblemDto::name(), ProblemDto::schema())
        .schema(FaultDto::name(), FaultDto::schema());
    for registered in Registry::get().all() {
        let mut operation = registered.operation.clone();
        operation.tags = Some(vec![registered.slice.to_owned()]);
        operation.operation_id = operation
            .operation_id
            .map(|name| format!("{}_{name}", registered.slice));
        describe_access(&mut operation, registered.route.access);
        describe_problems(&mut operation, registered.route.access, &registered.pattern);
        let path = registered
            .pattern
            .strip_prefix(BASE)
            .unwrap_or(&registered.pattern);
        paths.add_path_operation(path, vec![openapi_method(&registered.method)], operation);
        for (name, schema) in (registered.route.describe)().schemas {
            components = components.schema(name, schema);
        }
    }
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("cadre")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some("Matches provincial staff to communes' needs, and follows each secondment to its evaluation."))
                .license(Some(utoipa::openapi::LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build()))
                .build(),
        )
        .servers(Some([Server::new(BASE)]))
        .tags(Some(SLICES.iter().map(|(slice, _)| TagBuilder::new().name(*slice).build())))
        .paths(paths)
        .components(Some(components.build()))
        .build()
}

/// The document as it is checked in: pretty JSON with a final line break.
pub fn text() -> serde_json::Result<String> {
    Ok(document().to_pretty_json()? + "\n")
}

fn describe_access(operation: &mut Operation, access: Access) {
    let note = match access {
        Access::Public => {
            operation.security = Some(vec![SecurityRequirement::default()]);
            "Open to anyone.".to_owned()
        }
        Access::Roles(roles) => {
            operation.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>(SCHEME, [])]);
            let roles: Vec<String> = roles.iter().map(|role| format!("`{role}`")).collect();
            format!("Roles: {}.", roles.join(", "))
        }
    };
    operation.description = Some(match operation.description.take() {
        Some(text) if !text.is_empty() => format!("{text}\n\n{note}"),
        _ => note,
    });
}

fn describe_problems(operation: &mut Operation, access: Access, pattern: &str) {
    let mut statuses = vec![
        ("400", "The request can't be read"),
        ("503", "The service is busy"),
    ];
    if matches!(access, Access::Roles(_)) {
        statuses.push(("401", "No valid token"));
        statuses.push(("403", "Not with this role"));
    }
    if pattern.contains('{') {
        statuses.push(("404", "Not found, or out of the caller's sight"));
    }
    if operation.request_body.is_some() {
        statuses.push(("413", "The body is too large"));
        statuses.push(("415", "The body is not JSON"));
        statuses.push(("422", "The input breaks a rule"));
    }
    for (status, description) in statuses {
        operation
            .responses
            .responses
            .entry(status.to_owned())
            .or_insert_with(|| problem(description));
    }
}

fn problem(description: &str) -> RefOr<utoipa::openapi::Response> {
    let content = ContentBuilder::new()
        .schema(Some(RefOr::Ref(Ref::from_schema_name(ProblemDto::name()))))
        .build();
    RefOr::T(
        ResponseBuilder::new()
            .description(description)
            .content("application/problem+json", content)
            .build(),
    )
}
