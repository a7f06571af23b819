package org.tonyreactor.internal.engine.connection;

/**
 * The callbacks of user code for a connection, as the log names them. They are not texts, for the reason that Doing
 * gives.
 */
enum Callback {
    FACTORY("the factory"),
    CONNECTION_MADE("connectionMade"),
    DATA_RECEIVED("dataReceived"),
    INPUT_ENDED("inputEnded"),
    OUTPUT_READY("outputReady"),
    CONNECTION_LOST("connectionLost"),
    TIMER("a timer"),
    TASK("a task");

    private final String text;

    Callback(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
