package org.tonyreactor.internal.engine.loop;

/**
 * What the engine was doing when it failed. These are not texts, because a text is made when the line that names it
 * runs for the first time. For a failure that may be when there is no memory left.
 */
public enum Doing {
    ACCEPTING("accepting a peer"),
    ADOPTION("its adoption"),
    AUDIT("making lists anew"),
    BEGINNING("its beginning"),
    CALL_OF_OTHERS("a call from another thread"),
    CLOSING("closing its selector"),
    CONNECTING("connecting"),
    DISPATCHING("dispatching"),
    DRAIN_DONE("telling that a drain is done"),
    END("its end"),
    ENGINE_TIMER("a timer of the engine"),
    EVENT("an event"),
    KEEPING_OUTPUT("keeping output"),
    POLLING("polling"),
    OFF_LOOP("a task off the loops"),
    PROBING("looking for connections that were reset"),
    REBUILDING("rebuilding its selector"),
    REFUSING("turning a peer away"),
    SENDING_MAIL("sending mail"),
    TIME_LIMIT("watching its time limit"),
    TOKEN("a token of an ended connection"),
    TURN_END("the end of a turn"),
    WHOLE_TURN("a whole turn"),
    WRITE("a write");

    private final String text;

    Doing(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
