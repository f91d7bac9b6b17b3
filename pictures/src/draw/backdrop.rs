//! What lies behind everything: sky, hills, the ground.

use super::{
    Dice,
    canvas::{Canvas, Colour, HEIGHT, Paint, Point, WIDTH, mixed},
    things::{ellipse, oblong},
};

/// The light of a picture, and the time of the year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Season {
    sky: (Colour, Colour),
    hills: Colour,
    ground: (Colour, Colour),
    /// Of trees; bare in winter.
    pub(super) crown: Option<Colour>,
}

const SUMMER: Season = Season {
    sky: ([96, 158, 214], [206, 226, 236]),
    hills: [104, 142, 112],
    ground: ([122, 158, 84], [92, 128, 64]),
    crown: Some([74, 124, 62]),
};
const SPRING: Season = Season {
    sky: ([140, 176, 206], [224, 230, 230]),
    hills: [132, 156, 124],
    ground: ([142, 164, 98], [112, 132, 78]),
    crown: Some([132, 168, 84]),
};
const AUTUMN: Season = Season {
    sky: ([146, 166, 190], [232, 222, 206]),
    hills: [150, 132, 98],
    ground: ([158, 142, 92], [120, 106, 70]),
    crown: Some([196, 132, 58]),
};
const OVERCAST: Season = Season {
    sky: ([158, 166, 174], [206, 210, 212]),
    hills: [126, 136, 130],
    ground: ([132, 138, 112], [104, 108, 88]),
    crown: None,
};
const NIGHT: Season = Season {
    sky: ([16, 22, 42], [44, 52, 78]),
    hills: [24, 30, 44],
    ground: ([40, 46, 48], [26, 30, 34]),
    crown: Some([30, 44, 40]),
};

impl Canvas {
    /// Sky, hills and ground down from the horizon; it says in which light.
    pub(super) fn backdrop(&mut self, dice: &mut Dice, horizon: f64, night: bool) -> Season {
        let season = if night { NIGHT } else { dice.one(SUMMER, &[SPRING, AUTUMN, OVERCAST, SUMMER]) };
        let (wide, high) = (f64::from(WIDTH), f64::from(HEIGHT));
        self.fill(&oblong((0.0, 0.0), wide, horizon + 40.0), Paint::Down(season.sky.0, season.sky.1));
        if night {
            for _ in 0..24 {
                let star = (dice.between(0.0, wide), dice.between(0.0, horizon - 80.0));
                self.fill(&ellipse(star, 1.4, 1.4), Paint::Glass([255, 255, 255], 150));
            }
        } else {
            for _ in 0..3 {
                self.cloud((dice.between(40.0, 760.0), dice.between(50.0, 150.0)), dice.between(40.0, 80.0));
            }
        }
        for layer in 0..2 {
            let (up, phase) = (dice.between(30.0, 80.0) - f64::from(layer) * 24.0, dice.between(0.0, 6.0));
            let ridge = (0..=20).map(f64::from).map(|n| {
                let wave = (n * 0.5 + phase).sin() + 0.4 * (n * 1.3 + phase).sin();
                (n * 40.0, horizon - up * (0.6 + 0.4 * wave))
            });
            let shape: Vec<Point> = ridge.chain([(wide, horizon + 10.0), (0.0, horizon + 10.0)]).collect();
            let haze = if layer == 0 { 2 } else { 0 };
            self.fill(&shape, Paint::Plain(mixed(season.hills, season.sky.1, haze, 5)));
        }
        self.fill(&oblong((0.0, horizon), wide, high - horizon), Paint::Down(season.ground.0, season.ground.1));
        season
    }

    fn cloud(&mut self, (x, y): Point, wide: f64) {
        for (across, up, size) in [(0.0, 0.0, 1.0), (-0.8, 0.12, 0.6), (0.8, 0.1, 0.65), (0.3, -0.2, 0.7)] {
            let puff = ellipse((x + wide * across, y + wide * up), wide * size, wide * size * 0.42);
            self.fill(&puff, Paint::Glass([255, 255, 255], 120));
        }
    }

    /// A river or a brook that comes nearer.
    pub(super) fn river(&mut self, horizon: f64, near: Colour) {
        let bank = [
            (430.0, horizon),
            (470.0, horizon),
            (420.0, horizon + 60.0),
            (560.0, horizon + 150.0),
            (800.0, 600.0),
            (240.0, 600.0),
            (330.0, horizon + 150.0),
            (370.0, horizon + 60.0),
        ];
        self.fill(&bank, Paint::Down([150, 182, 198], near));
        for (x, y, wide) in
            [(400.0, horizon + 90.0, 40.0), (470.0, horizon + 150.0, 60.0), (440.0, horizon + 220.0, 80.0)]
        {
            self.fill(&ellipse((x, y), wide, 2.5), Paint::Glass([255, 255, 255], 90));
        }
    }
}
