package dev.signaling.demo;

import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that vouches for itself. No browser trusts it unless a person tells it to; once told, its pages are a secure
 * context and may use the camera.
 */
final class SelfSigned {

    /** A browser's person is asked anew at each start anyway, since the certificate is never kept. */
    private static final Duration VALIDITY = Duration.ofDays(90);

    /** A clock that is behind must not find the certificate to be of the future. */
    private static final Duration BEFORE_NOW = Duration.ofDays(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private SelfSigned() {}

    /**
     * A new key and its certificate (RFC 5280), in memory only.
     *
     * @param names the DNS names that it is for
     * @param addresses the IP addresses that it is for
     * @param password what the key is to be kept under
     */
    static KeyStore keyStore(Set<String> names, List<InetAddress> addresses, char[] password) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate certificate = certificate(keys, names, addresses);
            store.setKeyEntry("demo", keys.getPrivate(), password, new Certificate[] {certificate});
            return store;
        } catch (GeneralSecurityException | OperatorCreationException | java.io.IOException e) {
            throw new IllegalStateException("this Java makes no certificates", e);
        }
    }

    private static Certificate certificate(KeyPair keys, Set<String> names, List<InetAddress> addresses)
            throws GeneralSecurityException, OperatorCreationException, CertIOException {
        Instant now = Instant.now();
        X500Principal subject = new X500Principal("CN=signaling demo");
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(127, RANDOM).setBit(127),
                Date.from(now.minus(BEFORE_NOW)),
                Date.from(now.plus(VALIDITY)),
                subject,
                keys.getPublic());
        GeneralName[] subjects = Stream.concat(
                        names.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        addresses.stream()
                                .map(address -> new GeneralName(GeneralName.iPAddress, Addresses.text(address))))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(subjects));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
}
