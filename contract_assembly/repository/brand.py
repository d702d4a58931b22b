"""Apply the provider's brand to the house style: a colour and a logo. Pure; `repository` passes the files in.

The house style uses a single colour, `house.COLOUR`, written the same way in CSS, SVG and Word's styles, so a text
replacement changes it everywhere.
"""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.document.style import COLOUR, HouseStyle, Logo
from contract_assembly.facts.fields import Located
from contract_assembly.facts.parties import Brand, Provider
from contract_assembly.repository import logo

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text against its background
SAME = 0.02  # how far the shapes of the SVG and of its PNG may differ
Reader = Callable[[str], bytes]


def branded(house: HouseStyle, file: Located[Provider], read: Reader) -> HouseStyle:
    """The house style in a provider's colour and with its logo. `read` returns the bytes of a path below the root.

    Raises RefusedError with every problem of the colour and the logo."""
    problems: list[Problem] = []
    for change in (_coloured, _with_logo):
        try:
            house = change(house, file, file.model.brand or Brand(), read)
        except RefusedError as error:
            problems.extend(error.problems)
    if problems:
        raise RefusedError(problems)
    return house


def files(brand: Brand | None) -> tuple[str, ...]:
    """The paths of a brand's files."""
    if brand is None or brand.logo is None:
        return ()
    return tuple(dict.fromkeys((f"provider/{brand.logo}", _raster(brand.logo))))


def contrast(colour: str) -> float:
    """The contrast of a colour with white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def darker(colour: str) -> str:
    """The colour itself, or else its lightest shade that is readable on white."""
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    shades = ("#" + "".join(f"{each * part // 100:02x}" for each in channels) for part in range(100, -1, -1))
    return next(shade for shade in shades if contrast(shade) >= LEAST_CONTRAST)


def _coloured(house: HouseStyle, file: Located[Provider], brand: Brand, read: Reader) -> HouseStyle:
    del read
    colour = brand.colour
    if colour is None:
        return house
    if contrast(colour) < LEAST_CONTRAST:
        what = f"headings in {colour} would be hard to read on white: the contrast is {contrast(colour):.1f} to 1"
        hint = f"choose a darker colour, such as {darker(colour)}; {LEAST_CONTRAST} to 1 is the least"
        raise RefusedError([Problem("brand-contrast", what, file.at("brand.colour"), hint)])
    return replace(
        house,
        css=house.css.replace(COLOUR, colour),
        style={name: value.replace(COLOUR, colour) for name, value in house.style.items()},
        word=_recoloured(house.word, colour),
        pictures=_recoloured(house.pictures, colour),
        colour=colour,
    )


def _recoloured(files: Mapping[str, bytes], colour: str) -> Mapping[str, bytes]:
    """Replace the colour as CSS writes it and as Word does."""
    old, new = COLOUR.encode(), colour.encode()
    return {
        name: data.replace(old, new).replace(old[1:].upper(), new[1:].upper())
        if name.endswith((".xml", ".svg"))
        else data
        for name, data in files.items()
    }


def _with_logo(house: HouseStyle, file: Located[Provider], brand: Brand, read: Reader) -> HouseStyle:
    if brand.logo is None:
        return house
    origin = file.at("brand.logo")
    data = _found(read, f"provider/{brand.logo}", origin, "put the file there, or remove `logo:`")
    if brand.logo.endswith(".png"):
        raster, ratio = logo.png(data, f"provider/{brand.logo}")
        data = raster
    else:
        ratio = logo.svg(data, f"provider/{brand.logo}")
        hint = "Word shows no SVG: save the same picture as PNG beside it, about 1000 pixels wide"
        raster, of_raster = logo.png(_found(read, _raster(brand.logo), origin, hint), _raster(brand.logo))
        if abs(of_raster / ratio - 1) > SAME:
            what = f"{brand.logo} is {ratio:.2f} times as wide as high, and its PNG {of_raster:.2f} times"
            raise RefusedError([Problem("logo", what, Origin(_raster(brand.logo)), "save the PNG from the SVG again")])
    name = f"logo{brand.logo[-4:]}"
    return replace(house, pictures={**house.pictures, name: data}, logo=Logo(name, raster, ratio))


def _raster(name: str) -> str:
    return f"provider/{name[:-4]}.png"


def _found(read: Reader, path: str, origin: Origin, hint: str) -> bytes:
    """The bytes of a file. Raises RefusedError at the line that names it."""
    try:
        return read(path)
    except RefusedError as error:
        if {each.rule for each in error.problems} != {"missing-file"}:
            raise
        raise RefusedError([Problem("logo", f"the logo {path} is not there", origin, hint)]) from None
