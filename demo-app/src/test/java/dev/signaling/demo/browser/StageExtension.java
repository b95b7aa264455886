package dev.signaling.demo.browser;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Gives each test a {@link Stage}, and adds to its failure what the pages showed. */
final class StageExtension implements ParameterResolver, TestExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(StageExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var shared = test.getRoot().getStore(NAMESPACE);
        var stage = new Stage(
                shared.getOrComputeIfAbsent(Browsers.class, key -> new Browsers(), Browsers.class),
                shared.getOrComputeIfAbsent(Demos.class, key -> new Demos(), Demos.class));
        test.getStore(NAMESPACE).put(Stage.class, stage);
        return stage;
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
