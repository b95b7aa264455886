package dev.signaling.demo.browser;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Gives each test a {@link Stage}, or one across NATs, and adds to its failure what the pages showed. */
final class StageExtension implements ParameterResolver, TestExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(StageExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        return type == Stage.class || type == NatStage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var shared = test.getRoot().getStore(NAMESPACE);
        var browsers = shared.getOrComputeIfAbsent(Browsers.class, key -> new Browsers(), Browsers.class);
        var stage = stage(test, shared, browsers);
        if (parameter.getParameter().getType() == Stage.class) {
            return stage;
        }
        return new NatStage(
                stage,
                () -> shared.getOrComputeIfAbsent(NatHomes.class, key -> new NatHomes(browsers), NatHomes.class));
    }

    private static Stage stage(ExtensionContext test, Store shared, Browsers browsers) {
        return test.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Stage.class,
                        key -> new Stage(
                                browsers, shared.getOrComputeIfAbsent(Demos.class, any -> new Demos(), Demos.class)),
                        Stage.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
        var stage = test.getStore(NAMESPACE).get(Stage.class, Stage.class);
        if (stage != null && !(failure instanceof TestAbortedException)) {
            var name = test.getRequiredTestMethod().getName() + "-" + test.getDisplayName();
            failure.addSuppressed(new AssertionError(stage.describe(name.replaceAll("[^A-Za-z0-9]+", "-"))));
        }
        throw failure;
    }
}
