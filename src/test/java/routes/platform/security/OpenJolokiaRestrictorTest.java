package routes.platform.security;

import javax.management.ObjectName;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OpenJolokiaRestrictorTest {

    @Test
    @DisplayName("CP3 a site may open all of Camel, but nothing more of the JVM")
    void camelOnly() throws Exception {
        var open = new OpenJolokiaRestrictor();
        var context = new ObjectName("org.apache.camel:context=caravan,type=context,name=\"caravan\"");
        var tracer = new ObjectName("org.apache.camel:context=caravan,type=tracer,name=BacklogTracer");
        var runtime = new ObjectName("java.lang:type=Runtime");
        var heap = new ObjectName("com.sun.management:type=HotSpotDiagnostic");

        assertThat(open.isOperationAllowed(context, "requestBody(java.lang.String,java.lang.Object)"))
                .isTrue();
        assertThat(open.isAttributeReadAllowed(tracer, "TracePattern")).isTrue();
        assertThat(open.isAttributeWriteAllowed(tracer, "Enabled")).isTrue();
        assertThat(open.isAttributeReadAllowed(runtime, "VmName")).isTrue();
        assertThat(open.isAttributeReadAllowed(runtime, "SystemProperties")).isFalse();
        assertThat(open.isOperationAllowed(heap, "dumpHeap")).isFalse();
        assertThat(open.isObjectNameHidden(heap)).isTrue();
    }
}
