package dev.signaling.jakarta;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;

/** The application's CDI beans. The only class that knows CDI: loaded where there is one, and nowhere else. */
final class CdiBeans implements Deployment.Place {

    private static final String API = "jakarta.enterprise.inject.spi.CDI";

    /** Whether there is CDI here, perhaps without beans. */
    static boolean areHere(ClassLoader loader) {
        try {
            Class.forName(API, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @Override
    public <T> Optional<T> find(Class<T> type) {
        Instance<T> beans;
        try {
            beans = CDI.current().select(type);
        } catch (IllegalStateException e) {
            return Optional
                    .empty(); // the application has no beans, which TomEE says at the second call; or nobody behind the
            // API
        }
        if (beans.isAmbiguous()) {
            throw new IllegalStateException("more than one CDI bean is a " + type.getName());
        }
        return beans.isUnsatisfied() ? Optional.empty() : Optional.of(beans.get());
    }
}
