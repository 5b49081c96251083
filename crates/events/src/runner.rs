//! The runner: drives all listeners and jobs of a node.

use std::sync::Arc;
use std::time::Duration;

use lt_store::{Db, StoreError};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::Job;
use crate::lease::Lease;
use crate::listener::{ATTEMPTS, Listener, Round};

/// How often to look for what other nodes stored, and for jobs that became due.
const LOOK: Duration = Duration::from_secs(1);

/// The first pause after a failure; doubled with each.
const PAUSE: Duration = Duration::from_millis(500);

/// Drives the listeners and jobs of a node.
pub struct Runner {
    db: Db,
    node: Arc<str>,
    listeners: Vec<Listener>,
    jobs: Vec<Job>,
}

impl Runner {
    /// A runner without work. `node` must differ between running nodes, and between restarts of one.
    #[must_use]
    pub fn new(db: Db, node: &str) -> Self {
        Self { db, node: node.into(), listeners: Vec::new(), jobs: Vec::new() }
    }

    /// The same with a listener.
    #[must_use]
    pub fn listener(mut self, listener: Listener) -> Self {
        self.listeners.push(listener);
        self
    }

    /// The same with a job.
    #[must_use]
    pub fn job(mut self, job: Job) -> Self {
        self.jobs.push(job);
        self
    }

    /// Runs what is due and what is new until nothing is left; failures are tried again at once, then parked.
    /// For tests and for commands that end.
    ///
    /// # Errors
    /// As [`Db::commit`] and [`Db::read`]; [`StoreError::Engine`] when changes stay unsettled for half a minute.
    pub async fn run_until_idle(&self) -> Result<(), StoreError> {
        let mut waited = 0;
        loop {
            let mut went = false;
            for job in &self.jobs {
                Lease::prepare(&self.db, job.name).await?;
                went |= job.run_if_due(&self.db, &self.node).await?;
            }
            for listener in &self.listeners {
                for seq in listener.asked(&self.db).await? {
                    listener.retry(&self.db, seq).await?;
                    went = true;
                }
                let mut failures = 0;
                while listener.round(&self.db, &mut failures).await? != Round::Idle {
                    went = true;
                }
            }
            if went {
                continue;
            }
            if self.caught_up().await? {
                return Ok(());
            }
            waited += 1;
            if waited > 6000 {
                return Err(StoreError::Engine("a transaction elsewhere stays open and holds the outbox back".into()));
            }
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// Whether every listener is at the end. On PostgreSQL a transaction still open anywhere holds back later ones.
    async fn caught_up(&self) -> Result<bool, StoreError> {
        let last = self.db.last_place().await?;
        for listener in &self.listeners {
            if listener.place(&self.db).await? < last {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Asks the node that has the listener to try a parked change again, as [`crate::retry_parked`]; needs no
    /// listeners of its own. Whether it is parked at all.
    ///
    /// # Errors
    /// As [`Db::commit`].
    pub async fn retry_parked(&self, listener: &str, seq: i64) -> Result<bool, StoreError> {
        crate::retry_parked(&self.db, listener, seq).await
    }

    /// Starts everything in the background. Each listener and job goes on by itself: a slow one delays no other.
    #[must_use]
    pub fn spawn(self) -> Running {
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        for listener in self.listeners {
            tasks.spawn(follow(listener, self.db.clone(), Arc::clone(&self.node), stopped.clone()));
        }
        for job in self.jobs {
            tasks.spawn(keep_time(job, self.db.clone(), Arc::clone(&self.node), stopped.clone()));
        }
        Running { stop, tasks }
    }
}

/// Listeners and jobs at work; dropping it ends them where they stand.
pub struct Running {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Running {
    /// Lets what is being done end, begins nothing new, and returns when all is quiet.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

async fn follow(listener: Listener, db: Db, node: Arc<str>, mut stopped: watch::Receiver<bool>) {
    let name = format!("listener {}", listener.name);
    let mut commits = db.commits();
    let mut failures = 0;
    while !*stopped.borrow() {
        commits.borrow_and_update();
        let pause = match follow_once(&listener, &name, &db, &node, &mut failures, &stopped).await {
            Ok(Round::Failed) => PAUSE * 2_u32.pow(failures.min(ATTEMPTS)),
            Ok(_) => LOOK,
            Err(error) => {
                tracing::error!(%error, listener = listener.name, "a listener cannot reach the database");
                LOOK
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            // After a failure only time helps.
            Ok(()) = commits.changed(), if pause == LOOK => {}
            Ok(()) = stopped.changed() => {}
        }
    }
}

/// Takes the lease and follows the outbox to its end; idle when another node does.
async fn follow_once(
    listener: &Listener,
    name: &str,
    db: &Db,
    node: &Arc<str>,
    failures: &mut u32,
    stopped: &watch::Receiver<bool>,
) -> Result<Round, StoreError> {
    let asked = listener.asked(db).await?;
    if asked.is_empty() && listener.place(db).await? >= db.last_place().await? {
        return Ok(Round::Idle);
    }
    Lease::prepare(db, name).await?;
    let Some(lease) = Lease::take(db, name, node).await? else { return Ok(Round::Idle) };
    for seq in asked {
        listener.retry(db, seq).await?;
    }
    let mut result = Ok(Round::Went);
    while matches!(result, Ok(Round::Went)) && !*stopped.borrow() {
        result = listener.round(db, failures).await;
    }
    match lease.end(0, i64::from(*failures), None).await {
        Ok(()) | Err(StoreError::Stale) => result,
        Err(error) => Err(error),
    }
}

async fn keep_time(job: Job, db: Db, node: Arc<str>, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        let ran = async {
            Lease::prepare(&db, job.name).await?;
            job.run_if_due(&db, &node).await
        };
        if let Err(error) = ran.await {
            tracing::error!(%error, job = job.name, "a job cannot reach the database");
        }
        tokio::select! {
            () = sleep(LOOK) => {}
            Ok(()) = stopped.changed() => {}
        }
    }
}
