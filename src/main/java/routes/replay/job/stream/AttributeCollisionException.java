package routes.replay.job.stream;

/** A frame has an attribute already that the job was to add; it ends the job as failed. */
final class AttributeCollisionException extends Exception {

    AttributeCollisionException(String namespace, String name) {
        super("attribute " + namespace + "." + name + " is there already");
    }
}
