//! A mail server on this machine (RFC 5321, as much as a sender needs).

use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// Takes every mail, or refuses every recipient with one answer.
#[derive(Debug, Clone)]
pub(crate) struct Smtp {
    pub(crate) url: url::Url,
    taken: Arc<Mutex<Vec<String>>>,
    refusal: Arc<Mutex<Option<String>>>,
}

impl Smtp {
    /// Listens on a free port until the test ends.
    pub(crate) async fn start() -> Smtp {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap()).parse().unwrap();
        let server = Smtp { url, taken: Arc::default(), refusal: Arc::default() };
        let talking = server.clone();
        actix_web::rt::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let talking = talking.clone();
                actix_web::rt::spawn(async move { talking.talk(client).await });
            }
        });
        server
    }

    /// Refuses every recipient with this answer, or, with none, takes mails again.
    pub(crate) fn refuse(&self, answer: Option<&str>) {
        *self.refusal.lock().unwrap() = answer.map(str::to_owned);
    }

    /// The messages as they came, in the order they came.
    pub(crate) fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    async fn talk(&self, client: TcpStream) -> Option<()> {
        let (input, mut output) = client.into_split();
        let mut lines = BufReader::new(input).lines();
        output.write_all(b"220 localhost\r\n").await.ok()?;
        while let Some(line) = lines.next_line().await.ok()? {
            let verb = line.split(' ').next().unwrap_or_default().to_uppercase();
            let refusal = self.refusal.lock().unwrap().clone().filter(|_| verb == "RCPT");
            let answer = match verb.as_str() {
                "EHLO" => "250-localhost\r\n250 8BITMIME".to_owned(),
                "DATA" => {
                    output.write_all(b"354 go on\r\n").await.ok()?;
                    let mut message = String::new();
                    loop {
                        // A sender that goes away in the middle has sent nothing.
                        let line = lines.next_line().await.ok()??;
                        if line == "." {
                            break;
                        }
                        message += line.strip_prefix('.').unwrap_or(&line);
                        message += "\r\n";
                    }
                    self.taken.lock().unwrap().push(message);
                    "250 taken".to_owned()
                }
                "QUIT" => "221 bye".to_owned(),
                _ => refusal.unwrap_or_else(|| "250 fine".to_owned()),
            };
            output.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
        Some(())
    }
}
