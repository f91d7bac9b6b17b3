//! A picture for each category.

use super::{
    Dice,
    canvas::{Canvas, Colour, Paint},
    things::{ellipse, oblong},
};

const WALLS: &[Colour] = &[[214, 196, 164], [196, 206, 210], [222, 214, 200], [204, 178, 152]];
const ROOFS: &[Colour] = &[[142, 74, 58], [96, 86, 84], [84, 104, 96]];
const PANE: Colour = [120, 148, 166];
const DARK_PANE: Colour = [42, 50, 64];
const LIT_PANE: Colour = [244, 206, 128];
const ASPHALT: Colour = [104, 104, 106];

/// Draws what an issue of the category looks like.
pub(super) fn draw(canvas: &mut Canvas, dice: &mut Dice, category: &str, mended: bool) {
    match category {
        "roads" => roads(canvas, dice, mended),
        "lighting" => lighting(canvas, dice, mended),
        "water" => water(canvas, dice, mended),
        "waste" => waste(canvas, dice, mended),
        "green-spaces" => green(canvas, dice, mended),
        "safety" => safety(canvas, dice, mended),
        "accessibility" => accessibility(canvas, dice, mended),
        "transport" => transport(canvas, dice, mended),
        "digital" => digital(canvas, dice, mended),
        "education" | "culture" | "health" => building(canvas, dice, mended),
        _ => yard(canvas, dice, mended),
    }
}

/// Houses and trees on both sides of a street.
fn roadside(canvas: &mut Canvas, dice: &mut Dice, horizon: f64, night: bool, lit: bool) {
    let season = canvas.backdrop(dice, horizon, night);
    let pane = match (night, lit) {
        (false, _) => PANE,
        (true, true) => LIT_PANE,
        (true, false) => DARK_PANE,
    };
    let wall = |dice: &mut Dice| if night { [58, 60, 72] } else { dice.one([214, 196, 164], WALLS) };
    let roof = |dice: &mut Dice| if night { [36, 36, 46] } else { dice.one([142, 74, 58], ROOFS) };
    for (x, y, wide) in [(300.0, 14.0, 70.0), (190.0, 34.0, 110.0), (476.0, 16.0, 76.0), (570.0, 40.0, 130.0)] {
        let (x, wide) = (x + dice.between(-14.0, 14.0), wide + dice.between(-10.0, 10.0));
        let (wall, roof) = (wall(dice), roof(dice));
        canvas.house((x, horizon + y), wide, wall, roof, pane);
    }
    for (x, y, high) in [(140.0, 40.0, 150.0), (720.0, 56.0, 190.0), (60.0, 90.0, 240.0)] {
        canvas.tree((x + dice.between(-20.0, 20.0), horizon + y), high + dice.between(-20.0, 20.0), season.crown);
    }
}

fn roads(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let horizon = dice.between(220.0, 260.0);
    roadside(canvas, dice, horizon, false, false);
    canvas.street(horizon + 10.0, ASPHALT, true);
    canvas.lamp((668.0, 500.0), 260.0, false);
    let water = dice.one(true, &[false]);
    for (x, y, wide) in [(350.0, 500.0, 92.0), (500.0, 430.0, 52.0), (410.0, 370.0, 28.0)] {
        let (x, wide) = (x + dice.between(-30.0, 30.0), wide + dice.between(-12.0, 12.0));
        if mended {
            canvas.fill(&oblong((x - wide * 1.1, y - wide * 0.4), wide * 2.2, wide * 0.8), Paint::Plain([74, 74, 78]));
        } else {
            canvas.hole((x, y), wide, water);
        }
    }
}

fn lighting(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let horizon = dice.between(250.0, 280.0);
    roadside(canvas, dice, horizon, true, true);
    canvas.street(horizon + 10.0, [52, 54, 60], false);
    for (x, y, high) in [(366.0, 300.0, 70.0), (300.0, 370.0, 140.0), (170.0, 520.0, 330.0)] {
        canvas.lamp((x, y), high, mended);
    }
    if !mended {
        canvas.fill(&oblong((0.0, 0.0), 800.0, 600.0), Paint::Glass([6, 8, 18], 70));
    }
}

fn water(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let horizon = dice.between(220.0, 250.0);
    if dice.one(true, &[false]) {
        let season = canvas.backdrop(dice, horizon, false);
        canvas.river(horizon, if mended { [86, 132, 150] } else { [112, 116, 86] });
        for x in [70.0, 180.0, 690.0] {
            canvas.tree((x, horizon + dice.between(60.0, 130.0)), dice.between(160.0, 230.0), season.crown);
        }
        if !mended {
            for (x, y, wide, colour) in [
                (360.0, 470.0, 26.0, [196, 204, 210]),
                (470.0, 520.0, 22.0, [64, 110, 160]),
                (540.0, 450.0, 18.0, [206, 180, 90]),
            ] {
                canvas.bag((x + dice.between(-20.0, 20.0), y), wide, colour);
            }
        }
        return;
    }
    roadside(canvas, dice, horizon, false, false);
    canvas.street(horizon + 10.0, ASPHALT, false);
    if mended {
        canvas.fill(&ellipse((430.0, 480.0), 46.0, 16.0), Paint::Plain([66, 66, 70]));
        canvas.fill(&ellipse((430.0, 478.0), 38.0, 12.0), Paint::Plain([92, 92, 96]));
    } else {
        canvas.fill(&ellipse((420.0, 500.0), 230.0, 58.0), Paint::Down([138, 158, 170], [104, 122, 134]));
        canvas.fill(&ellipse((520.0, 560.0), 180.0, 40.0), Paint::Plain([112, 130, 142]));
        canvas.fill(
            &[(424.0, 480.0), (436.0, 480.0), (448.0, 396.0), (430.0, 360.0), (412.0, 400.0)],
            Paint::Glass([236, 244, 248], 190),
        );
        canvas.fill(&ellipse((430.0, 480.0), 40.0, 12.0), Paint::Plain([52, 50, 48]));
    }
}

fn waste(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let horizon = dice.between(250.0, 290.0);
    let season = canvas.backdrop(dice, horizon, false);
    let wall = dice.one([214, 196, 164], WALLS);
    canvas.floors((dice.between(20.0, 120.0), horizon + 60.0), 280.0, 4, wall, PANE);
    canvas.tree((700.0, horizon + 90.0), 240.0, season.crown);
    canvas.fence(horizon + 150.0, 330.0, 800.0, [142, 116, 88]);
    let colour = dice.one([52, 116, 84], &[[66, 92, 132], [120, 116, 60]]);
    for n in 0..3 {
        canvas.container((150.0 + f64::from(n) * 160.0, horizon + 190.0), colour);
    }
    if mended {
        return;
    }
    for n in 0..14 {
        let n = f64::from(n);
        let colour = dice.one([40, 44, 50], &[[206, 208, 210], [54, 96, 150], [186, 150, 82], [40, 44, 50]]);
        canvas.bag(
            (110.0 + n * 42.0 + dice.between(-16.0, 16.0), horizon + 190.0 + dice.between(0.0, 90.0)),
            dice.between(34.0, 64.0),
            colour,
        );
    }
    for x in [190.0, 240.0, 520.0] {
        canvas.bag((x, horizon + 96.0), 46.0, [60, 62, 70]);
    }
}

fn green(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let horizon = dice.between(250.0, 290.0);
    let season = canvas.backdrop(dice, horizon, false);
    canvas.fill(
        &[(250.0, 600.0), (620.0, 600.0), (452.0, horizon + 6.0), (420.0, horizon + 6.0)],
        Paint::Down([208, 196, 170], [176, 162, 136]),
    );
    let crown = if mended { season.crown.or(Some([92, 138, 72])) } else { None };
    for (x, y, high) in [(120.0, 130.0, 300.0), (290.0, 70.0, 200.0), (600.0, 80.0, 220.0), (740.0, 150.0, 320.0)] {
        canvas.tree((x + dice.between(-24.0, 24.0), horizon + y), high, crown);
    }
    canvas.bench((dice.between(60.0, 120.0), horizon + 230.0), if mended { [168, 112, 64] } else { [120, 104, 86] });
    if mended {
        for n in 0..18 {
            let at =
                (560.0 + f64::from(n % 6) * 36.0 + dice.between(-8.0, 8.0), horizon + 200.0 + f64::from(n / 6) * 26.0);
            let petal = dice.one([226, 84, 92], &[[240, 196, 72], [206, 120, 186]]);
            canvas.fill(&ellipse(at, 8.0, 8.0), Paint::Plain(petal));
        }
    } else {
        canvas.fill(
            &[(420.0, horizon + 190.0), (700.0, horizon + 150.0), (704.0, horizon + 160.0), (424.0, horizon + 206.0)],
            Paint::Plain([84, 66, 52]),
        );
        for (x, y) in [(520.0, 168.0), (600.0, 152.0), (660.0, 140.0)] {
            canvas.fill(
                &[
                    (x, horizon + y),
                    (x + 6.0, horizon + y),
                    (x + 40.0, horizon + y - 60.0),
                    (x + 36.0, horizon + y - 60.0),
                ],
                Paint::Plain([84, 66, 52]),
            );
        }
    }
}

fn safety(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let horizon = dice.between(230.0, 260.0);
    roadside(canvas, dice, horizon, false, false);
    canvas.street(horizon + 10.0, ASPHALT, true);
    canvas.zebra(460.0, if mended { 245 } else { 52 });
    canvas.lamp((150.0, 520.0), 300.0, false);
    if mended {
        canvas.fill(&oblong((664.0, 300.0), 8.0, 230.0), Paint::Plain([150, 152, 156]));
        canvas.fill(&oblong((632.0, 296.0), 72.0, 72.0), Paint::Plain([36, 92, 164]));
        canvas.fill(&[(668.0, 304.0), (696.0, 358.0), (640.0, 358.0)], Paint::Plain([245, 245, 245]));
        canvas.fill(&oblong((664.0, 322.0), 8.0, 28.0), Paint::Plain([40, 40, 44]));
    }
}

fn accessibility(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let horizon = 300.0;
    let season = canvas.backdrop(dice, horizon, false);
    let wall = dice.one([222, 214, 200], WALLS);
    canvas.floors((150.0, 500.0), 540.0, 4, wall, PANE);
    canvas.fill(&oblong((0.0, 500.0), 800.0, 100.0), Paint::Down([176, 172, 164], [146, 142, 134]));
    canvas.fill(&oblong((378.0, 300.0), 124.0, 136.0), Paint::Plain([236, 234, 228]));
    canvas.fill(&oblong((388.0, 310.0), 50.0, 126.0), Paint::Down([96, 126, 146], [60, 84, 102]));
    canvas.fill(&oblong((442.0, 310.0), 50.0, 126.0), Paint::Down([96, 126, 146], [60, 84, 102]));
    canvas.fill(&[(350.0, 292.0), (530.0, 292.0), (516.0, 272.0), (364.0, 272.0)], Paint::Plain([128, 70, 58]));
    if mended {
        canvas.ramp((440.0, 520.0), 76.0);
    }
    canvas.steps((440.0, 520.0), 4);
    canvas.tree((70.0, 520.0), 260.0, season.crown);
    canvas.tree((752.0, 530.0), 220.0, season.crown);
}

fn transport(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let horizon = dice.between(250.0, 290.0);
    let season = canvas.backdrop(dice, horizon, false);
    for x in [90.0, 560.0, 700.0] {
        canvas.tree((x + dice.between(-20.0, 20.0), horizon + 50.0), dice.between(150.0, 220.0), season.crown);
    }
    let (wall, roof) = (dice.one([214, 196, 164], WALLS), dice.one([142, 74, 58], ROOFS));
    canvas.house((560.0, horizon + 60.0), 170.0, wall, roof, PANE);
    canvas.fill(&oblong((0.0, 470.0), 800.0, 130.0), Paint::Down([118, 118, 120], ASPHALT));
    canvas.fill(&oblong((0.0, 448.0), 800.0, 24.0), Paint::Plain([186, 182, 174]));
    for n in 0..6 {
        canvas.fill(&oblong((f64::from(n) * 150.0 - 20.0, 540.0), 80.0, 8.0), Paint::Plain([232, 230, 222]));
    }
    canvas.stop((200.0, 456.0), mended);
    if !mended {
        canvas.hole((430.0, 520.0), 54.0, true);
    }
}

fn digital(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let horizon = dice.between(300.0, 330.0);
    canvas.backdrop(dice, horizon, false);
    for x in [40.0, 130.0, 640.0, 730.0] {
        canvas.spruce((x + dice.between(-20.0, 20.0), horizon + dice.between(30.0, 110.0)), dice.between(150.0, 240.0));
    }
    let (wall, roof) = (dice.one([214, 196, 164], WALLS), dice.one([142, 74, 58], ROOFS));
    canvas.house((250.0, horizon + 170.0), 300.0, wall, roof, if mended { LIT_PANE } else { PANE });
    if mended {
        canvas.mast((600.0, horizon + 120.0), 330.0);
    } else {
        canvas.fill(&oblong((596.0, horizon - 120.0), 8.0, 260.0), Paint::Plain([104, 84, 64]));
        canvas.fill(
            &[
                (600.0, horizon - 110.0),
                (600.0, horizon - 107.0),
                (640.0, horizon + 60.0),
                (680.0, horizon + 120.0),
                (678.0, horizon + 120.0),
                (636.0, horizon + 62.0),
            ],
            Paint::Plain([40, 40, 44]),
        );
    }
}

/// A public building: with a broken window and a stained wall, or set right.
fn building(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let season = canvas.backdrop(dice, 310.0, false);
    let wall = if mended { dice.one([232, 214, 168], &[[208, 220, 214], [232, 220, 206]]) } else { [186, 178, 162] };
    canvas.floors((90.0, 500.0), 620.0, 3, wall, PANE);
    for x in [330.0, 380.0, 430.0, 480.0] {
        canvas.fill(&oblong((x - 9.0, 346.0), 18.0, 154.0), Paint::Down([244, 240, 230], [206, 200, 188]));
    }
    canvas.fill(&[(300.0, 348.0), (510.0, 348.0), (405.0, 282.0)], Paint::Down([244, 240, 230], [212, 206, 194]));
    canvas.fill(&oblong((386.0, 400.0), 40.0, 100.0), Paint::Down([120, 84, 58], [84, 58, 42]));
    canvas.fill(&oblong((0.0, 500.0), 800.0, 100.0), Paint::Down([170, 166, 156], [140, 136, 128]));
    if mended {
        for x in [110.0, 200.0, 560.0, 650.0] {
            canvas.fill(&ellipse((x, 496.0), 34.0, 20.0), Paint::Down([104, 152, 84], [70, 112, 60]));
        }
    } else {
        canvas.fill(
            &[(150.0, 330.0), (196.0, 330.0), (184.0, 430.0), (168.0, 470.0), (156.0, 400.0)],
            Paint::Glass([96, 90, 80], 110),
        );
        canvas.fill(&oblong((564.0, 392.0), 26.0, 32.0), Paint::Plain([34, 36, 42]));
        canvas.fill(&[(564.0, 392.0), (578.0, 404.0), (566.0, 424.0)], Paint::Plain([150, 172, 186]));
        canvas.fill(&[(520.0, 500.0), (560.0, 500.0), (552.0, 474.0), (534.0, 470.0)], Paint::Plain([150, 144, 134]));
    }
    canvas.tree((50.0, 520.0), 270.0, season.crown);
    canvas.tree((762.0, 524.0), 250.0, season.crown);
}

/// A yard between houses, with a bench and a playground.
fn yard(canvas: &mut Canvas, dice: &mut Dice, mended: bool) {
    let horizon = dice.between(300.0, 330.0);
    let season = canvas.backdrop(dice, horizon, false);
    let (one, other) = (dice.one([204, 178, 152], WALLS), dice.one([196, 206, 210], WALLS));
    canvas.floors((-40.0, horizon + 80.0), 260.0, 5, one, PANE);
    canvas.floors((540.0, horizon + 70.0), 300.0, 5, other, PANE);
    canvas.tree((300.0, horizon + 70.0), 220.0, season.crown);
    canvas.tree((490.0, horizon + 60.0), 190.0, season.crown);
    canvas.bench((110.0, 540.0), if mended { [178, 120, 68] } else { [112, 98, 84] });
    let iron = if mended { [206, 70, 60] } else { [112, 104, 98] };
    for (foot, top) in [(430.0, 460.0), (490.0, 460.0), (640.0, 610.0), (580.0, 610.0)] {
        canvas.fill(&[(foot, 560.0), (foot + 8.0, 560.0), (top + 4.0, 400.0), (top - 4.0, 400.0)], Paint::Plain(iron));
    }
    canvas.fill(&oblong((452.0, 396.0), 164.0, 8.0), Paint::Plain(iron));
    canvas.fill(&oblong((506.0, 404.0), 3.0, 104.0), Paint::Plain([60, 60, 64]));
    if mended {
        canvas.fill(&oblong((556.0, 404.0), 3.0, 104.0), Paint::Plain([60, 60, 64]));
        canvas.fill(&oblong((500.0, 506.0), 66.0, 8.0), Paint::Plain([176, 118, 66]));
    } else {
        canvas.fill(&[(500.0, 506.0), (566.0, 552.0), (562.0, 560.0), (498.0, 514.0)], Paint::Plain([128, 104, 78]));
        canvas.hole((360.0, 560.0), 40.0, true);
    }
}
