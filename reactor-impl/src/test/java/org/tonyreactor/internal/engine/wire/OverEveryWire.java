package org.tonyreactor.internal.engine.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** A test that runs once over each of {@link Wires}; its fixture asks {@link Each#wiresOf} over which. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(OverEveryWire.Each.class)
public @interface OverEveryWire {
    /** Runs the test over one after another. */
    final class Each implements TestTemplateInvocationContextProvider {
        private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(Each.class);

        /** Over which wires a test runs; one that is not marked runs over sockets. */
        public static Wires wiresOf(ExtensionContext test) {
            Wires wires = test.getStore(HERE).get(Wires.class, Wires.class);
            return wires == null ? Wires.NIO : wires;
        }

        @Override
        public boolean supportsTestTemplate(ExtensionContext test) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext test) {
            return Arrays.stream(Wires.values()).map(Over::new);
        }

        private record Over(Wires wires) implements TestTemplateInvocationContext {
            @Override
            public String getDisplayName(int index) {
                return "over " + wires;
            }

            @Override
            public void prepareInvocation(ExtensionContext test) {
                test.getStore(HERE).put(Wires.class, wires);
            }
        }
    }
}
