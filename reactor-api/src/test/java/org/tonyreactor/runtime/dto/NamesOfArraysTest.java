package org.tonyreactor.runtime.dto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.dto.DTO;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.ReactorRuntime;

/** Whatever gives several snapshots is named {@code …DTOs}, whatever gives one is not. */
class NamesOfArraysTest {
    private static final List<Class<?>> TYPES = List.of(
            ReactorAdmin.class,
            ReactorRuntime.class,
            ClassLoaderLeakDTO.class,
            ConnectionDTO.class,
            ConnectionListDTO.class,
            EndpointDTO.class,
            FailedEndpointDTO.class,
            RuntimeDTO.class,
            WorkerDTO.class);

    @Test
    void endInDTOs() {
        Map<String, Class<?>> members = new TreeMap<>();
        for (Class<?> type : TYPES) {
            Stream.of(type.getFields()).forEach(field -> members.put(field.getName(), field.getType()));
            Stream.of(type.getMethods()).forEach(method -> members.put(method.getName(), method.getReturnType()));
        }

        assertEquals(
                List.of(
                        "connectionDTOs",
                        "endpointDTOs",
                        "failedEndpointDTOs",
                        "getClassLoaderLeakDTOs",
                        "getConnectionDTOs",
                        "workerDTOs"),
                members.entrySet().stream()
                        .filter(member -> member.getValue().isArray()
                                && DTO.class.isAssignableFrom(member.getValue().getComponentType()))
                        .map(Map.Entry::getKey)
                        .toList());
        assertEquals(
                6,
                members.keySet().stream().filter(name -> name.endsWith("DTOs")).count());
    }
}
