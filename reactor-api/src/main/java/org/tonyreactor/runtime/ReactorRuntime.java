package org.tonyreactor.runtime;

import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/**
 * The state of the engine, and the reasons why a protocol is not live. Published as a service with the property
 * {@code service.changecount}, which grows with every change of the endpoints.
 *
 * <p>Any thread may call it.
 */
@ProviderType
public interface ReactorRuntime {
    /**
     * The state of the engine at this moment.
     *
     * @return a new snapshot that belongs to the caller
     */
    RuntimeDTO getRuntimeDTO();
}
