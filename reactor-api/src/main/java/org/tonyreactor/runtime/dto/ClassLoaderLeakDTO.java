package org.tonyreactor.runtime.dto;

import org.osgi.dto.DTO;

/** A class loader of a protocol bundle that is no longer served, and is still alive. */
public class ClassLoaderLeakDTO extends DTO {
    /** The id of the bundle. */
    public long bundleId = -1;
    /** The bundle's symbolic name. */
    public String symbolicName = "";
    /** The bundle's version at the time it was served. */
    public String version = "";
    /** Milliseconds since its last factory went. */
    public long goneMillis;
    /** Its known holders, each in one line; empty if the garbage collector has not run, or if only a heap dump can tell. */
    public String[] holders = {};

    /** For the engine. */
    public ClassLoaderLeakDTO() {}
}
