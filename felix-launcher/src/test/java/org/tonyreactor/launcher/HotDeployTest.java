package org.tonyreactor.launcher;

import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/** The thread that looks at the folder. */
final class HotDeployTest {
    @TempDir
    Path folder;

    @Test
    void deploysAfterALookThatAnErrorHasEnded() throws Exception {
        Home home = new Home(folder);
        Files.createDirectories(home.deploy());
        TestJar.of("a", "1").write(home.deploy().resolve("a.jar"));
        AtomicBoolean failed = new AtomicBoolean();

        try (TestFramework framework = new TestFramework(folder.resolve("felix"));
                HotDeploy deploy = HotDeploy.start(home, failingOnce(framework.context(), failed), List.of())) {
            await().atMost(ServerProcess.BOUND)
                    .until(() -> deploy != null && !framework.active().isEmpty());
        }
    }

    /** There is no memory when a bundle is looked for the first time. */
    private static BundleContext failingOnce(BundleContext context, AtomicBoolean failed) {
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getBundles") && failed.compareAndSet(false, true)) {
                        throw new OutOfMemoryError("only said");
                    }
                    return method.invoke(context, args);
                });
    }
}
