//! What the web app is besides code: styles, fonts, icons and files that are served as they are.

use crate::{command, workspace};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Adds them all to the folder.
pub(super) fn add(modules: &Path, assets: &Path) -> Result<()> {
    let web = workspace::root().join("web");
    let mut lightningcss = command::program(modules.join(".bin/lightningcss"));
    lightningcss.args(["--bundle", "--minify", "--output-file"]).arg(assets.join("main.css"));
    command::output(lightningcss.arg(web.join("styles/main.css")))?;

    fs::create_dir_all(assets.join("fonts"))?;
    command::output(command::program("node").arg(web.join("fonts.mjs")).arg(assets.join("fonts")))?;
    fs::copy(modules.join("@fontsource-variable/onest/LICENSE"), assets.join("fonts/LICENSE.txt"))?;

    fs::write(assets.join("icons.svg"), sprite(modules, &web.join("assets/icons.txt"))?)?;
    for file in walk(&web.join("assets"))? {
        let name = file.strip_prefix(web.join("assets"))?;
        if name != Path::new("icons.txt") {
            let target = assets.join(name);
            fs::create_dir_all(target.parent().unwrap_or(assets))?;
            fs::copy(&file, target)?;
        }
    }
    fs::copy(web.join("boot.js"), assets.join("boot.js"))?;
    Ok(())
}

/// One SVG with a symbol for each icon of the list, to be shown by `<use href="…/icons.svg#name">`.
fn sprite(modules: &Path, list: &Path) -> Result<String> {
    let mut sprite = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
    for name in fs::read_to_string(list)?.lines().map(str::trim).filter(|name| !name.is_empty()) {
        let file = modules.join("lucide-static/icons").join(format!("{name}.svg"));
        let icon = fs::read_to_string(file).with_context(|| format!("web/assets/icons.txt: no icon {name:?}"))?;
        let shapes = shapes(&icon).with_context(|| format!("the icon {name:?} is drawn in a way not known here"))?;
        sprite.push_str(&format!(
            "<symbol id=\"{name}\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
             stroke-linecap=\"round\" stroke-linejoin=\"round\">{shapes}</symbol>\n"
        ));
    }
    sprite.push_str("</svg>\n");
    Ok(sprite)
}

/// What is drawn between `<svg …>` and `</svg>`.
fn shapes(icon: &str) -> Option<String> {
    let (_, rest) = icon.split_once("<svg")?;
    let (_, inner) = rest.split_once('>')?;
    let (inner, _) = inner.split_once("</svg>")?;
    Some(inner.lines().map(str::trim).collect())
}

/// All files below a folder, sorted. Folders of installed and built things are left out.
pub(super) fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in folder.read_dir().with_context(|| format!("read {}", folder.display()))? {
        let path = entry?.path();
        if !path.is_dir() {
            files.push(path);
        } else if !(path.ends_with("node_modules") || path.ends_with("web/dist")) {
            files.extend(walk(&path)?);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::shapes;

    #[test]
    fn an_icon_is_what_its_svg_contains() {
        let icon =
            "<!-- licence -->\n<svg\n  class=\"lucide\"\n>\n  <path d=\"M5 12h14\" />\n  <circle r=\"1\" />\n</svg>\n";

        assert_eq!(shapes(icon).unwrap(), "<path d=\"M5 12h14\" /><circle r=\"1\" />");
    }

    #[test]
    fn what_is_not_an_svg_has_no_shapes() {
        assert_eq!(shapes("<html></html>"), None);
    }
}
