package io.trimtab.service.testbed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class, or one test method, a fresh namespace in a real Kubernetes control plane; ask for it with a parameter of type
 * {@link Testbed}. A method's own annotation gives it a namespace apart from its class's. Tests of one process share the control plane,
 * so they must not run in parallel when they look at nodes.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TestbedExtension.class)
public @interface WithTestbed {}
