"""Makes the files that a school may keep its policy in: Word, and PDF written by hand."""

from pathlib import Path
from zipfile import ZipFile

import docx
from pypdf import PdfReader, PdfWriter


def word(path: Path, *paragraphs: str, table: tuple[str, ...] = ()) -> Path:
    """Write a Word file; a paragraph that begins with a dash is a bullet, and the table is one row."""
    document = docx.Document()
    for paragraph in paragraphs:
        if paragraph.startswith("- "):
            document.add_paragraph(paragraph.removeprefix("- "), style="List Bullet")
        else:
            document.add_paragraph(paragraph)
    if table:
        for cell, text in zip(document.add_table(1, len(table)).rows[0].cells, table, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def pdf(path: Path, *pages: tuple[str, ...]) -> Path:
    """Write a PDF with these lines of plain text on its pages; a page without lines is a blank one."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        told = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 11 Tf 60 760 Td {told}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    path.write_bytes(_assembled(objects))
    return path


def drawn_pdf(path: Path, *pieces: tuple[int, int, str]) -> Path:
    """Write a PDF of one page with these texts, each at its place: points from the left and from the foot."""
    told = "".join(f"1 0 0 1 {x} {y} Tm ({text}) Tj " for x, y, text in pieces)
    stream = f"BT /F1 10 Tf {told}ET"
    path.write_bytes(
        _assembled(
            [
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 6 0 R /Contents 5 0 R >>",
                f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
                "<< /Font << /F1 3 0 R >> >>",
            ]
        )
    )
    return path


def odt(path: Path, body: str, *, before: str = "", manifest: str = "<manifest/>") -> Path:
    """Write an OpenDocument text with this XML in its body; the prefixes are text: and table:."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    content = f"<office:document-content{spaces}><office:body><office:text>{body}</office:text></office:body>"
    with ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", f"{before}{content}</office:document-content>")
    return path


def _assembled(objects: list[str]) -> bytes:
    body, places = "%PDF-1.4\n", []
    for number, told in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{told}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    where = body.index("xref")
    return f"{body}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{where}\n%%EOF\n".encode("latin-1")


def locked(path: Path, *, password: str, owner: str | None = None) -> Path:
    """Encrypt a PDF in place."""
    writer = PdfWriter()
    for page in PdfReader(path).pages:
        writer.add_page(page)
    writer.encrypt(password, owner, algorithm="AES-256")
    writer.write(path)
    return path
