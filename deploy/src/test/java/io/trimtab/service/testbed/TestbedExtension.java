package io.trimtab.service.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * What {@link WithTestbed} switches on. The control plane lies in the root store and the namespaces in the stores of their tests, so
 * JUnit closes each when its time has come.
 */
public final class TestbedExtension
        implements BeforeAllCallback, BeforeEachCallback, ParameterResolver, ExecutionCondition {
    private static final Namespace STORE = Namespace.create(TestbedExtension.class);

    /** Starts the control plane, because a class that is refused here is reported as skipped; later it would only be missing. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        try {
            controlPlane(context);
            return ConditionEvaluationResult.enabled("the control plane is up");
        } catch (TestAbortedException missing) {
            return ConditionEvaluationResult.disabled(missing.getMessage());
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        // A nested class finds the namespace of the class around it.
        if (context.getStore(STORE).get(Testbed.class) == null) open(context, context.getDisplayName());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), WithTestbed.class)) {
            open(context, context.getRequiredTestMethod().getName());
        }
    }

    private static void open(ExtensionContext context, String test) throws IOException {
        context.getStore(STORE).put(Testbed.class, controlPlane(context).open(test));
    }

    private static ControlPlane controlPlane(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(ControlPlane.class, _ -> startControlPlane(), ControlPlane.class);
    }

    private static ControlPlane startControlPlane() {
        try {
            return ControlPlane.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the control plane started", interrupted);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Testbed.class || type == ControlPlane.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ControlPlane.class
                ? controlPlane(context)
                : context.getStore(STORE).get(Testbed.class);
    }
}
