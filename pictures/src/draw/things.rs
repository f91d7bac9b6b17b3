//! Things to be seen in a community, each standing on a point.

use super::canvas::{Canvas, Colour, Paint, Point, mixed};

/// A polygon around a point, as good as an ellipse.
pub(super) fn ellipse((x, y): Point, wide: f64, high: f64) -> Vec<Point> {
    (0..40)
        .map(|n| f64::from(n) * std::f64::consts::TAU / 40.0)
        .map(|a| (x + wide * a.cos(), y + high * a.sin()))
        .collect()
}

/// The corners of an upright rectangle.
pub(super) fn oblong((left, top): Point, wide: f64, high: f64) -> [Point; 4] {
    [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
}

fn dark(colour: Colour) -> Colour {
    mixed(colour, [20, 20, 30], 1, 3)
}

fn light(colour: Colour) -> Colour {
    mixed(colour, [255, 250, 240], 1, 4)
}

impl Canvas {
    fn block(&mut self, corner: Point, wide: f64, high: f64, paint: Paint) {
        self.fill(&oblong(corner, wide, high), paint);
    }

    /// A tree of that height; its crown has a colour, or it is bare.
    pub(super) fn tree(&mut self, (x, y): Point, high: f64, crown: Option<Colour>) {
        let bark = [84, 66, 52];
        self.fill(
            &[
                (x - high * 0.03, y),
                (x + high * 0.03, y),
                (x + high * 0.015, y - high * 0.7),
                (x - high * 0.015, y - high * 0.7),
            ],
            Paint::Plain(bark),
        );
        for (reach, up) in [(-0.22, 0.78), (0.2, 0.82), (-0.1, 0.98), (0.12, 0.95), (0.26, 0.62)] {
            let fork = y - high * (up - 0.32);
            let (tip_x, tip_y) = (x + high * reach, y - high * up);
            self.fill(
                &[(x - 2.0, fork), (x + 2.0, fork), (tip_x + 1.0, tip_y), (tip_x - 1.0, tip_y)],
                Paint::Plain(bark),
            );
        }
        if let Some(colour) = crown {
            let leaves =
                [(0.0, 0.66, 0.24), (-0.16, 0.6, 0.17), (0.17, 0.62, 0.17), (-0.08, 0.82, 0.17), (0.1, 0.84, 0.15)];
            for (n, (across, up, wide)) in leaves.into_iter().enumerate() {
                let shade = if n % 2 == 0 { colour } else { light(colour) };
                self.fill(
                    &ellipse((x + high * across, y - high * up), high * wide, high * wide * 0.85),
                    Paint::Down(shade, dark(colour)),
                );
            }
        }
    }

    /// A spruce.
    pub(super) fn spruce(&mut self, (x, y): Point, high: f64) {
        self.block((x - high * 0.02, y - high * 0.15), high * 0.04, high * 0.15, Paint::Plain([72, 56, 44]));
        for (up, wide) in [(0.1, 0.2), (0.35, 0.16), (0.6, 0.11)] {
            let base = y - high * up;
            self.fill(
                &[(x - high * wide, base), (x + high * wide, base), (x, base - high * 0.42)],
                Paint::Down([58, 96, 70], [30, 62, 48]),
            );
        }
    }

    /// A house under a pitched roof, with a door and windows that may be lit.
    pub(super) fn house(&mut self, (x, y): Point, wide: f64, wall: Colour, roof: Colour, window: Colour) {
        let high = wide * 0.5;
        self.block((x, y - high), wide, high, Paint::Down(light(wall), wall));
        self.fill(
            &[
                (x - wide * 0.08, y - high),
                (x + wide * 1.08, y - high),
                (x + wide * 0.8, y - high * 1.75),
                (x + wide * 0.2, y - high * 1.75),
            ],
            Paint::Down(light(roof), roof),
        );
        self.block((x + wide * 0.7, y - high * 2.0), wide * 0.08, high * 0.45, Paint::Plain(dark(roof)));
        for left in [0.12, 0.62] {
            self.block((x + wide * left, y - high * 0.75), wide * 0.2, high * 0.4, Paint::Plain([240, 238, 232]));
            self.block((x + wide * (left + 0.015), y - high * 0.72), wide * 0.08, high * 0.34, Paint::Plain(window));
            self.block((x + wide * (left + 0.105), y - high * 0.72), wide * 0.08, high * 0.34, Paint::Plain(window));
        }
        self.block(
            (x + wide * 0.41, y - high * 0.62),
            wide * 0.13,
            high * 0.62,
            Paint::Down([126, 88, 60], [90, 60, 42]),
        );
    }

    /// A building of several floors.
    pub(super) fn floors(&mut self, (x, y): Point, wide: f64, floors: u8, wall: Colour, window: Colour) {
        let floor = 54.0;
        let high = f64::from(floors) * floor + 16.0;
        self.block((x, y - high), wide, high, Paint::Down(light(wall), wall));
        self.block((x - 4.0, y - high - 8.0), wide + 8.0, 10.0, Paint::Plain(dark(wall)));
        let mut left = x + 14.0;
        while left + 26.0 < x + wide {
            for n in 0..floors {
                let top = y - high + 16.0 + f64::from(n) * floor;
                self.block((left - 2.0, top - 2.0), 30.0, 36.0, Paint::Plain([236, 234, 228]));
                self.block((left, top), 26.0, 32.0, Paint::Down(window, dark(window)));
                self.block((left + 12.0, top), 2.0, 32.0, Paint::Plain([236, 234, 228]));
            }
            left += 46.0;
        }
    }

    /// A lamp post that leans over the street to the right.
    pub(super) fn lamp(&mut self, (x, y): Point, high: f64, lit: bool) {
        let iron = [70, 76, 84];
        self.block((x - high * 0.012, y - high), high * 0.024, high, Paint::Plain(iron));
        self.fill(
            &[(x, y - high), (x, y - high + 5.0), (x + high * 0.2, y - high - 9.0), (x + high * 0.2, y - high - 14.0)],
            Paint::Plain(iron),
        );
        let head = (x + high * 0.21, y - high - 10.0);
        if lit {
            for (reach, strength) in [(0.42, 26), (0.26, 44), (0.13, 90)] {
                self.fill(
                    &ellipse((head.0, head.1 + 6.0), high * reach, high * reach),
                    Paint::Glass([255, 224, 150], strength),
                );
            }
            self.fill(
                &[
                    (head.0 - 8.0, head.1),
                    (head.0 + 8.0, head.1),
                    (head.0 + high * 0.4, y + 6.0),
                    (head.0 - high * 0.4, y + 6.0),
                ],
                Paint::Glass([255, 228, 160], 40),
            );
        }
        let glass = if lit { [255, 246, 214] } else { [52, 56, 62] };
        self.fill(&ellipse(head, high * 0.05, high * 0.022), Paint::Plain(glass));
    }

    /// A street that runs away from the onlooker, from `near` to `far` along the lower edge.
    pub(super) fn street(&mut self, horizon: f64, asphalt: Colour, middle: bool) {
        self.fill(
            &[(110.0, 600.0), (700.0, 600.0), (436.0, horizon), (396.0, horizon)],
            Paint::Down(light(asphalt), asphalt),
        );
        for (near, far) in [((96.0, 112.0), (394.0, 396.0)), ((698.0, 714.0), (436.0, 438.0))] {
            self.fill(
                &[(near.0, 600.0), (near.1, 600.0), (far.1, horizon), (far.0, horizon)],
                Paint::Plain([186, 182, 174]),
            );
        }
        let deep = 600.0 - horizon;
        for (from, to) in [(0.04, 0.09), (0.16, 0.24), (0.36, 0.5), (0.68, 0.9)].into_iter().filter(|_| middle) {
            let at = |part: f64, side: f64| (416.0 - 11.0 * part + side * (1.0 + 5.0 * part), horizon + deep * part);
            self.fill(&[at(from, -1.0), at(from, 1.0), at(to, 1.0), at(to, -1.0)], Paint::Plain([232, 230, 222]));
        }
    }

    /// A hole in the asphalt, with water in it or dry.
    pub(super) fn hole(&mut self, (x, y): Point, wide: f64, water: bool) {
        let ragged = |grow: f64| -> Vec<Point> {
            let around = ellipse((x, y), wide * grow, wide * 0.36 * grow);
            around
                .into_iter()
                .enumerate()
                .map(|(n, (px, py))| {
                    let bump = [1.0, 0.94, 1.05, 0.98, 1.08, 0.92].get(n % 6).copied().unwrap_or(1.0);
                    (x + (px - x) * bump, y + (py - y) * bump)
                })
                .collect()
        };
        self.fill(&ragged(1.12), Paint::Plain([128, 122, 114]));
        self.fill(&ragged(1.0), Paint::Down([46, 42, 40], [82, 74, 66]));
        if water {
            self.fill(
                &ellipse((x + wide * 0.05, y + wide * 0.08), wide * 0.7, wide * 0.2),
                Paint::Down([140, 162, 178], [92, 112, 128]),
            );
            self.fill(
                &ellipse((x - wide * 0.15, y + wide * 0.04), wide * 0.2, wide * 0.04),
                Paint::Glass([255, 255, 255], 90),
            );
        }
        for (across, down) in [(-1.25, 0.1), (1.2, -0.12), (0.7, 0.42), (-0.8, -0.4)] {
            self.fill(
                &ellipse((x + wide * across, y + wide * down), wide * 0.08, wide * 0.05),
                Paint::Plain([104, 98, 92]),
            );
        }
    }

    /// A crossing over the street.
    pub(super) fn zebra(&mut self, y: f64, strength: u8) {
        for n in 0..7 {
            let left = 196.0 + f64::from(n) * 64.0;
            let lean = (left - 416.0) * 0.14;
            self.fill(
                &[(left, y), (left + 36.0, y), (left + 36.0 + lean, y + 70.0), (left + lean, y + 70.0)],
                Paint::Glass([246, 244, 236], strength),
            );
        }
    }

    /// A container for waste.
    pub(super) fn container(&mut self, (x, y): Point, colour: Colour) {
        self.fill(
            &[(x, y - 96.0), (x + 120.0, y - 96.0), (x + 110.0, y - 8.0), (x + 10.0, y - 8.0)],
            Paint::Down(colour, dark(colour)),
        );
        self.block((x - 5.0, y - 104.0), 130.0, 12.0, Paint::Plain(light(colour)));
        for left in [18.0, 92.0] {
            self.fill(&ellipse((x + left, y - 6.0), 8.0, 8.0), Paint::Plain([38, 38, 40]));
        }
        for left in [34.0, 60.0, 86.0] {
            self.block((x + left - 2.0, y - 88.0), 4.0, 74.0, Paint::Glass([0, 0, 0], 40));
        }
    }

    /// A tied bag.
    pub(super) fn bag(&mut self, (x, y): Point, wide: f64, colour: Colour) {
        self.fill(&ellipse((x, y - wide * 0.42), wide * 0.5, wide * 0.45), Paint::Down(light(colour), dark(colour)));
        self.fill(
            &[
                (x - wide * 0.1, y - wide * 0.8),
                (x + wide * 0.1, y - wide * 0.8),
                (x + wide * 0.18, y - wide * 1.05),
                (x - wide * 0.16, y - wide * 1.02),
            ],
            Paint::Plain(dark(colour)),
        );
        self.fill(
            &ellipse((x - wide * 0.16, y - wide * 0.56), wide * 0.1, wide * 0.14),
            Paint::Glass([255, 255, 255], 60),
        );
    }

    /// A bench.
    pub(super) fn bench(&mut self, (x, y): Point, wood: Colour) {
        for left in [8.0, 130.0] {
            self.block((x + left, y - 40.0), 7.0, 40.0, Paint::Plain([62, 66, 72]));
        }
        for up in [82.0, 66.0, 44.0] {
            self.block((x, y - up), 146.0, 10.0, Paint::Down(light(wood), wood));
        }
        self.block((x + 12.0, y - 82.0), 5.0, 48.0, Paint::Plain([62, 66, 72]));
        self.block((x + 128.0, y - 82.0), 5.0, 48.0, Paint::Plain([62, 66, 72]));
    }

    /// A stop: a post with a sign, and a shelter where there is one.
    pub(super) fn stop(&mut self, (x, y): Point, shelter: bool) {
        self.block((x, y - 200.0), 7.0, 200.0, Paint::Plain([88, 94, 102]));
        self.block((x - 22.0, y - 206.0), 52.0, 40.0, Paint::Plain([36, 92, 164]));
        self.block((x - 10.0, y - 196.0), 28.0, 18.0, Paint::Plain([245, 245, 245]));
        if shelter {
            self.block((x + 60.0, y - 150.0), 210.0, 150.0, Paint::Glass([196, 220, 228], 120));
            for left in [60.0, 160.0, 264.0] {
                self.block((x + left, y - 156.0), 6.0, 156.0, Paint::Plain([70, 76, 84]));
            }
            self.fill(
                &[(x + 46.0, y - 168.0), (x + 288.0, y - 178.0), (x + 288.0, y - 162.0), (x + 46.0, y - 152.0)],
                Paint::Plain([40, 112, 104]),
            );
            self.bench((x + 88.0, y - 2.0), [150, 108, 68]);
        }
    }

    /// Steps up to a door.
    pub(super) fn steps(&mut self, (x, y): Point, count: u8) {
        for n in 0..count {
            let n = f64::from(n);
            self.block(
                (x - 90.0 + n * 10.0, y - 18.0 - n * 18.0),
                180.0 - n * 20.0,
                20.0,
                Paint::Down([206, 202, 194], [158, 154, 148]),
            );
        }
    }

    /// A ramp with rails up to where the steps end.
    pub(super) fn ramp(&mut self, (x, y): Point, high: f64) {
        self.fill(
            &[(x - 320.0, y), (x - 60.0, y - high), (x + 40.0, y - high), (x + 40.0, y)],
            Paint::Down([196, 192, 184], [150, 146, 140]),
        );
        for up in [46.0, 28.0] {
            self.fill(
                &[
                    (x - 320.0, y - up),
                    (x - 60.0, y - high - up),
                    (x + 40.0, y - high - up),
                    (x + 40.0, y - high - up + 5.0),
                    (x - 60.0, y - high - up + 5.0),
                    (x - 320.0, y - up + 5.0),
                ],
                Paint::Plain([58, 112, 160]),
            );
        }
        for part in [0.0, 0.33, 0.66, 1.0] {
            let (px, py) = (x - 320.0 + 260.0 * part, y - high * part);
            self.block((px - 2.0, py - 46.0), 5.0, 46.0, Paint::Plain([58, 112, 160]));
        }
    }

    /// A mast with dishes and wires.
    pub(super) fn mast(&mut self, (x, y): Point, high: f64) {
        let steel = [120, 126, 132];
        for side in [-1.0, 1.0] {
            self.fill(
                &[(x + side * 34.0, y), (x + side * 40.0, y), (x + side * 6.0, y - high), (x + side * 2.0, y - high)],
                Paint::Plain(steel),
            );
        }
        for n in 1..7 {
            let part = f64::from(n) / 7.0;
            let reach = 36.0 * (1.0 - part) + 4.0;
            self.fill(
                &[
                    (x - reach, y - high * part),
                    (x + reach, y - high * part - 26.0),
                    (x + reach, y - high * part - 22.0),
                    (x - reach, y - high * part + 4.0),
                ],
                Paint::Plain(steel),
            );
        }
        for (across, up) in [(-22.0, 0.86), (24.0, 0.78), (-18.0, 0.7)] {
            self.fill(&ellipse((x + across, y - high * up), 17.0, 19.0), Paint::Plain([232, 232, 230]));
            self.fill(&ellipse((x + across + 3.0, y - high * up), 12.0, 14.0), Paint::Plain([198, 200, 202]));
        }
    }

    /// A fence of boards.
    pub(super) fn fence(&mut self, y: f64, from: f64, to: f64, colour: Colour) {
        let mut left = from;
        while left < to {
            self.fill(
                &[(left, y), (left + 14.0, y), (left + 14.0, y - 52.0), (left + 7.0, y - 60.0), (left, y - 52.0)],
                Paint::Down(light(colour), colour),
            );
            left += 20.0;
        }
        self.block((from, y - 40.0), to - from, 6.0, Paint::Plain(dark(colour)));
    }
}
