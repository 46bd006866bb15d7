"""Creates a self-signed certificate for signing cards (C2PA) on this machine."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAYS = 30


@dataclass(frozen=True, slots=True)
class DevelopmentCertificate:
    """A certificate in PEM: the chain, starting with the signer's certificate, its private key, and the root certificate."""

    chain: str
    key: str
    root: str


def development_certificate() -> DevelopmentCertificate:
    """Creates a certificate that is valid for DAYS from now and meets the C2PA 2.2 requirements for signers (14.5.1)."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    builder = _builder("Storycard development root", "Storycard development root", root_key.public_key())
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    root = builder.add_extension(_usage(sign_certificates=True), critical=True).sign(root_key, hashes.SHA256())
    leaf = _builder("Storycard on this machine", "Storycard development root", key.public_key())
    leaf = leaf.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    leaf = leaf.add_extension(_usage(sign_certificates=False), critical=True)
    leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    leaf = leaf.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
    certificate = leaf.sign(root_key, hashes.SHA256())
    root_pem = root.public_bytes(Encoding.PEM).decode()
    chain = certificate.public_bytes(Encoding.PEM).decode() + root_pem
    return DevelopmentCertificate(chain, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(), root_pem)


def credentials_table(certificate: DevelopmentCertificate) -> str:
    """Returns the `[credentials]` table of the connections file, in TOML."""
    return f"[credentials]\ncertificates = '''\n{certificate.chain}'''\nkey = '''\n{certificate.key}'''\n"


def _builder(subject: str, issuer: str, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder(_name(issuer), _name(subject), key, x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Storycard"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign_certificates,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
