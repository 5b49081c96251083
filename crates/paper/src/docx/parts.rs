//! The parts of the file besides its body.

use std::fmt::Write as _;

use crate::docx::text::escaped;
use crate::model::Paper;
use crate::pdf::language;

pub(super) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"#;

pub(super) const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"#;

pub(super) const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Liên Thông</Application></Properties>"#;

pub(super) const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>"#;

/// The page number in the upper margin; `titlePg` keeps it off the first page.
pub(super) const HEADER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>"#;

pub(super) fn core(paper: &Paper) -> String {
    // Instants are whole microseconds; the property wants seconds, in UTC.
    let created = paper.created.plus_seconds(-7 * 3600).civil().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>Liên Thông</dc:creator><dc:language>{}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{created}</dcterms:modified></cp:coreProperties>"#,
        escaped(&paper.title),
        language(paper.lang),
    )
}

pub(super) fn document_relations(urls: &[String]) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rStyles" Type="{kind}/styles" Target="styles.xml"/><Relationship Id="rNumbering" Type="{kind}/numbering" Target="numbering.xml"/><Relationship Id="rSettings" Type="{kind}/settings" Target="settings.xml"/><Relationship Id="rHeader" Type="{kind}/header" Target="header1.xml"/>"#
    );
    for (index, url) in urls.iter().enumerate() {
        let _ = write!(
            out,
            r#"<Relationship Id="rUrl{index}" Type="{kind}/hyperlink" Target="{}" TargetMode="External"/>"#,
            escaped(url)
        );
    }
    out.push_str("</Relationships>");
    out
}

/// Number 1 is the dash list, every further number a list counting from 1.
pub(super) fn numbering(numbered: usize) -> String {
    let level = |format: &str, text: &str, hanging: u16| {
        format!(
            r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{}" w:hanging="{hanging}"/></w:pPr></w:lvl>"#,
            720 + hanging
        )
    };
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>{}</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        level("bullet", "-", 240),
        level("decimal", "%1.", 400),
    );
    for list in 0..numbered {
        let _ = write!(
            out,
            r#"<w:num w:numId="{}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#,
            list + 2
        );
    }
    out.push_str("</w:numbering>");
    out
}

/// A paragraph style: its id, name, paragraph properties and run properties, based on Normal.
fn style(id: &str, name: &str, paragraph: &str, run: &str) -> String {
    format!(
        r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"#
    )
}

pub(super) fn styles(paper: &Paper) -> String {
    const BOLD: &str = "<w:b/><w:bCs/>";
    const SLANTED: &str = "<w:i/><w:iCs/>";
    let lang = language(paper.lang);
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="{lang}" w:eastAsia="{lang}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/><w:spacing w:before="120" w:after="0" w:line="271" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/></w:pPr></w:style>"#
    );
    for level in 1..=4_u8 {
        let before = if level == 1 { 240 } else { 160 };
        let paragraph = format!(
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="{before}"/><w:jc w:val="left"/><w:outlineLvl w:val="{level}"/>"#
        );
        let run = match level {
            1 | 2 => BOLD.to_owned(),
            3 => format!("{BOLD}{SLANTED}"),
            _ => SLANTED.to_owned(),
        };
        out.push_str(&style(&format!("Heading{level}"), &format!("heading {level}"), &paragraph, &run));
    }
    let plain = r#"<w:spacing w:before="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/>"#;
    out.push_str(&style("Title", "Title", &format!(r#"{plain}<w:jc w:val="center"/><w:outlineLvl w:val="0"/>"#), BOLD));
    out.push_str(&style("Letter", "Letter", &format!(r#"{plain}<w:jc w:val="left"/>"#), ""));
    out.push_str(&style("Header", "header", &format!(r#"{plain}<w:jc w:val="center"/>"#), r#"<w:sz w:val="26"/>"#));
    out.push_str(&style("ListParagraph", "List Paragraph", "", ""));
    out.push_str(&style(
        "Note",
        "Note",
        r#"<w:spacing w:before="60"/><w:ind w:firstLine="0"/>"#,
        &format!(r#"{SLANTED}<w:sz w:val="24"/><w:szCs w:val="24"/>"#),
    ));
    out.push_str(&style(
        "Caption",
        "caption",
        r#"<w:keepNext/><w:spacing w:before="160" w:after="80"/><w:ind w:firstLine="0"/><w:jc w:val="center"/>"#,
        &format!(r#"{BOLD}<w:sz w:val="26"/><w:szCs w:val="26"/>"#),
    ));
    out.push_str(&style("TableText", "Table Text", r#"<w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/><w:jc w:val="left"/>"#, r#"<w:sz w:val="24"/><w:szCs w:val="24"/>"#));
    out.push_str(r#"<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="123F7A"/></w:rPr></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#);
    out
}
