//! A connection inside a transaction.

use std::ops::Deref;

use deadpool_postgres::Object;

/// A connection inside a transaction. Dropped unfinished, because its caller went away or an error came between,
/// it is closed instead of going back to the pool, and the server rolls back.
pub(crate) struct Guard(Option<Object>);

impl Guard {
    pub(super) fn new(client: Object) -> Self {
        Self(Some(client))
    }

    /// The transaction has ended: the connection may serve others again.
    pub(super) fn finish(mut self) {
        drop(self.0.take());
    }
}

impl Deref for Guard {
    type Target = Object;

    #[expect(clippy::expect_used, reason = "taken only by `finish` and `drop`, which end the guard")]
    fn deref(&self) -> &Object {
        self.0.as_ref().expect("held until the end")
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(client) = self.0.take() {
            drop(Object::take(client));
        }
    }
}
