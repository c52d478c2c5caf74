//! The log: on stderr, as text or as JSON lines, with whatever people typed escaped, so that a name with a line break in
//! it can't forge a line.

use crate::error::{Code, Error, Result};
use crate::say;
use clap::ValueEnum;
use std::fmt;
use std::io;
use tracing::Subscriber;
use tracing::field::Field;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::field::MakeExt;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::{FmtSpan, Writer, debug_fn};

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// A line of text each.
    #[default]
    Text,
    /// A JSON object each.
    Json,
}

/// Starts the process's log. `filter` is a level, or levels per module: `warn,cadre::jobs=debug`.
pub fn start(filter: &str, format: LogFormat) -> Result<()> {
    let log = subscriber(filter, format, io::stderr)?;
    tracing::subscriber::set_global_default(log).map_err(Error::internal)
}

fn subscriber<W>(filter: &str, format: LogFormat, writer: W) -> Result<Box<dyn Subscriber + Send + Sync>>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(filter).map_err(|cause| {
        Error::new(
            Code::Configuration,
            say!(
                "the log filter `{filter}` can't be read; write a level (error, warn, info, debug, trace) or e.g. `warn,cadre::jobs=debug`",
                "không đọc được bộ lọc nhật ký `{filter}`; hãy ghi một mức (error, warn, info, debug, trace) hoặc ví dụ `warn,cadre::jobs=debug`"
            ),
        )
        .because(cause)
    })?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_span_events(FmtSpan::CLOSE);
    Ok(match format {
        LogFormat::Json => Box::new(builder.json().finish()),
        LogFormat::Text => Box::new(
            builder
                .with_ansi(false)
                .fmt_fields(debug_fn(text_field).delimited(" "))
                .finish(),
        ),
    })
}

/// A field as text. `%`-fields arrive as they were typed, so control characters are escaped here.
fn text_field(writer: &mut Writer<'_>, field: &Field, value: &dyn fmt::Debug) -> fmt::Result {
    if field.name() != "message" {
        write!(writer, "{}=", field.name())?;
    }
    for c in format!("{value:?}").chars() {
        if c.is_control() {
            write!(writer, "{}", c.escape_default())?;
        } else {
            writer.write_char(c)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = subscriber("info", format, move || writer.clone()).unwrap();
        let name = "An\r\nERROR forged\u{1b}[31m";
        tracing::subscriber::with_default(log, || {
            tracing::info_span!("request", %name).in_scope(|| {
                tracing::info!(%name, quoted = ?name, plain = name, "stored {name}");
                tracing::debug!("not at this level");
            });
        });
        let text = lines.0.lock().unwrap().clone();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn a_line_break_in_a_name_forges_no_line() {
        for format in [LogFormat::Text, LogFormat::Json] {
            let text = logged(format);
            // The message, and the end of its span.
            assert_eq!(text.lines().count(), 2, "{text}");
            assert!(!text.contains('\r') && !text.contains('\u{1b}'), "{text}");
            assert!(text.contains(r"An\r\nERROR forged"), "{text}");
            assert!(!text.contains("not at this level"), "{text}");
        }
    }

    #[test]
    fn a_wrong_filter_is_a_wrong_setting() {
        let refused = subscriber("cadre=loud", LogFormat::Text, io::sink).err().unwrap();
        assert_eq!(refused.code(), Code::Configuration);
    }
}
