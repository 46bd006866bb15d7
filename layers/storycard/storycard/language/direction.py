"""Lists the languages that are written from right to left."""

from types import MappingProxyType

from storycard.language.tags import parse_tag

# Unicode CLDR 48 likely subtags and the scripts' directions, as ICU 78's `uloc_isRightToLeft` answers for every code of two or
# three letters. Copied here because listing articles needs directions but not ICU, which takes 20 ms to load.
_SCRIPTS = """
Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo Orkh Ougr Palm
Phli Phlp Phnx Prti Rohg Samr Sarb Sidt Sogd Sogo Syrc Thaa Yezi
"""
_LANGUAGES = """
aao abh abv acm acq acw acx adf ae aeb aec aee aeq afb aib aii aij aiq ajp ajt aju amw apc apd ar ara arb arc arq ars ary arz
ask atn auj auz avd ave avl ayh ayl ayn ayp azb bal bcc bdz bej bft bgn bgp bhe bhm bhn bjf bjm bqi brh brk bsh bsk chg cja
ckb cld clh czk dcc def deh dgl div dmk dml dv ecy esh fa fas fay faz fia fub gbz ggg gha ghr gig gjk gju glh glk grr gwc gwf
gwt gzi hac haz hbo he heb hkh hnd hno hoh hrt hrz hss huy isk itk iw jad jat jbe jbn jdg ji jnd jog jpa jpr jrb jye kas kbu
kby kcy kfm khw klj kmz kqd ks ktl kvx kxp kzh lad lah lhs lki lrc lrk lrl lsa lsd lss luv luz mby mde mey mfa mfi mhj mid mki
mnj mve mvy myz mzb mzn nli nlm nqo ntz nyq oar obm odk oru ota otk oui pal pbt pbu per pes pgd phl phn phr phv plk pmu pnb
prc prd prx ps psh psi pst pus qxq rdb rhg rmt sam sbn scl sd sdb sdf sdg sdh sds sgl sgr sgy shd shm shu shv siy siz skr smp
smy snd sog sqo sqt srh srz ssh sts swb syc syn syr tjo tks tmr tov tra trg trm trw ug uig ur urd ush uzs vaf vgr vmh wbk wlo
wne wni wsv xco xhe xka xkc xkj xkp xld xly xmn xmr xna xpr xsa xsd xvi ydd ydg yhd yi yid yih yud zba zdj zrp zum
"""
_RIGHT_TO_LEFT_SCRIPTS = frozenset(_SCRIPTS.split())
_RIGHT_TO_LEFT_LANGUAGES = frozenset(_LANGUAGES.split()) | {"prs"}  # Dari, which CLDR treats as fa-AF
# Where a region decides the script: the language's usual direction is the other one.
_RIGHT_TO_LEFT_REGIONS = MappingProxyType(
    {
        "az": "IQ IR",
        "aze": "IQ IR",
        "azj": "IQ IR",
        "ha": "CM SD",
        "hau": "CM SD",
        "kaz": "AF CN IR MN",
        "kir": "CN",
        "kk": "AF CN IR MN",
        "kmr": "IQ IR LB",
        "ku": "IQ IR LB",
        "kur": "IQ IR LB",
        "ky": "CN",
        "may": "CC",
        "ms": "CC",
        "msa": "CC",
        "pa": "PK",
        "pan": "PK",
        "tg": "PK",
        "tgk": "PK",
        "uz": "AF",
        "uzb": "AF",
        "uzn": "AF",
        "zsm": "CC",
    }
)
_LEFT_TO_RIGHT_REGIONS = MappingProxyType({"mey": "SN", "sd": "IN", "snd": "IN", "ug": "KZ MN", "uig": "KZ MN"})


def is_rtl(tag: str) -> bool:
    """Returns whether text in a BCP 47 tag's language runs right to left. A script subtag decides first, then the region."""
    primary, script, region = parse_tag(tag)
    if script:
        return script in _RIGHT_TO_LEFT_SCRIPTS
    if region and region in _RIGHT_TO_LEFT_REGIONS.get(primary, "").split():
        return True
    return primary in _RIGHT_TO_LEFT_LANGUAGES and region not in _LEFT_TO_RIGHT_REGIONS.get(primary, "").split()
