//! The OpenAPI document, put together from the registry: what handlers say of themselves, the access table's roles, and
//! the problems that any route may answer.

use super::page::MOST;
use super::problem::{FaultDto, ProblemDto};
use super::registry::{Access, BASE, Registered, Registry, SLICES, openapi_method};
use actix_web::http::{Method, StatusCode};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::Response;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Paths, Ref, RefOr, Required, Server,
};
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
        describe_path(&mut operation, &registered.pattern);
        let conditional = describe_precondition(&mut operation, registered);
        describe_problems(&mut operation, registered, conditional);
        describe_limit(&mut operation);
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

/// The parameters of the path, which the handlers' types don't show where they are types of ours: `{id}` is a key,
/// anything else a word.
fn describe_path(operation: &mut Operation, pattern: &str) {
    let parameters = operation.parameters.get_or_insert_default();
    let told = |parameter: &RefOr<Parameter>, name| matches!(parameter, RefOr::T(told) if told.name == name);
    let names = pattern
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    for name in names {
        if parameters.iter().any(|parameter| told(parameter, name)) {
            continue;
        }
        let mut schema = ObjectBuilder::new().schema_type(Type::String);
        if name.ends_with("id") {
            schema = schema.format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
        }
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(schema.build()))
            .build();
        parameters.push(RefOr::T(parameter));
    }
}

/// Whether the route changes a record that exists, and so asks for its version: PUT, PATCH, and every POST that answers
/// 200 below an id; one that makes something answers 201 or 202. A test tries it on each route.
fn describe_precondition(operation: &mut Operation, registered: &Registered) -> bool {
    let changes = match registered.method {
        Method::PUT | Method::PATCH => true,
        Method::POST => registered.pattern.contains('{') && operation.responses.responses.contains_key("200"),
        _ => false,
    };
    if changes {
        let parameter = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some("The ETag of the version that the change is based on."))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
            .build();
        operation
            .parameters
            .get_or_insert_default()
            .push(RefOr::T(parameter));
    }
    changes
}

fn describe_problems(operation: &mut Operation, registered: &Registered, conditional: bool) {
    let mut statuses = vec![
        ("400", "The request can't be read"),
        ("503", "The service is busy"),
    ];
    if matches!(registered.route.access, Access::Roles(_)) {
        statuses.push(("401", "No valid token"));
        statuses.push(("403", "Not with this role"));
    }
    if registered.pattern.contains('{') {
        statuses.push(("404", "Not found, or out of the caller's sight"));
    }
    if operation.request_body.is_some() {
        statuses.push(("413", "The body is too large"));
        statuses.push(("415", "The body is not JSON"));
        statuses.push(("422", "The input breaks a rule"));
    }
    if conditional {
        statuses.push(("412", "The record has changed since"));
        statuses.push(("428", "If-Match is missing"));
    }
    let responses = &mut operation.responses.responses;
    for (status, description) in statuses {
        responses
            .entry(status.to_owned())
            .or_insert_with(|| RefOr::T(Response::new(description)));
    }
    for (status, response) in responses {
        let RefOr::T(response) = response else { continue };
        if response.description.is_empty() {
            let reason = StatusCode::from_bytes(status.as_bytes())
                .ok()
                .and_then(|status| status.canonical_reason());
            reason.unwrap_or_default().clone_into(&mut response.description);
        }
        if !status.starts_with('2') && response.content.is_empty() {
            let content = ContentBuilder::new()
                .schema(Some(RefOr::Ref(Ref::from_schema_name(ProblemDto::name()))))
                .build();
            response
                .content
                .insert("application/problem+json".to_owned(), RefOr::T(content));
        }
    }
}

/// A page's bounds are kept by the page and not by the parameter's type, so they are told here.
fn describe_limit(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        let RefOr::T(parameter) = parameter else { continue };
        if parameter.name == "limit"
            && let Some(RefOr::T(Schema::Object(object))) = &mut parameter.schema
        {
            object.minimum = Some(1.into());
            object.maximum = Some(MOST.into());
        }
    }
}
