"""Files as a careless or hostile hand sends them, made here and nowhere stored."""

from __future__ import annotations

import io
import zipfile

import docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def zipped(*members: tuple[str, str | bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", level) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def word(*paragraphs: str) -> bytes:
    """A real Word document."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def docx_of(xml: str) -> bytes:
    """A Word document with this as its text part."""
    return zipped(("word/document.xml", xml))


def odt(*paragraphs: str, media_type: str = "application/vnd.oasis.opendocument.text") -> bytes:
    """An OpenDocument text."""
    body = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    content = (
        f'<o:document-content xmlns:o="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0">'
        f"<o:body><o:text>{body}</o:text></o:body></o:document-content>"
    )
    return zipped(("mimetype", media_type), ("content.xml", content))


def bomb() -> bytes:
    """A Word document of half a megabyte that is 600 MB when it is opened."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as member,
    ):
        for _ in range(600):
            member.write(b"0" * 1024 * 1024)
    return file.getvalue()


def many_members() -> bytes:
    """A Word document of six thousand parts."""
    return zipped(("word/document.xml", ""), *((f"word/{n}.xml", "") for n in range(6000)))


def nested() -> bytes:
    """A Word document whose elements lie a hundred thousand deep in one another."""
    return docx_of(f"<w:document {W}>" + "<w:p>" * 100_000)


def with_entities() -> bytes:
    """A Word document in which ten entities grow to billions of words."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11))
    return docx_of(f'<!DOCTYPE d [<!ENTITY e0 "ha">{levels}]><d>&e10;</d>')


def reading_files() -> bytes:
    """A Word document that asks for a file of the server's."""
    entity = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    return docx_of(f"<!DOCTYPE d [{entity}]><w:d {W}><w:p><w:t>&x;</w:t></w:p></w:d>")


def pdf(*contents: str, kids: str = "", extra: str = "") -> bytes:
    """A PDF with a page for each stream of PDF operators; ``kids`` stands in for its pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    pages = []
    for content in contents:
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        stream = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Contents {stream} 0 R /MediaBox [0 0 200 200] "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        pages.append(f"{len(objects)} 0 R")
    listed = kids or " ".join(pages)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(pages)} >>"
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    data += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra} >>\n".encode()
    return data + f"startxref\n{start}\n%%EOF\n".encode()


def pdf_text(text: str) -> str:
    """The operators that write ``text``."""
    return f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET"


def scanned() -> bytes:
    """A PDF whose page is a picture only."""
    return pdf("0 0 100 100 re f")


def locked() -> bytes:
    """A PDF that opens with a password only."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(pdf_text("Hemligt")))))
    writer.encrypt("lösen", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def endless() -> bytes:
    """A PDF whose pages lie in themselves."""
    return pdf(pdf_text("Varv"), kids="2 0 R " * 100 + "5 0 R")


def mp4(size: int = 0) -> bytes:
    """The beginning of an MPEG-4 file, filled up to ``size`` bytes."""
    return b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom".ljust(size, b"\0")
