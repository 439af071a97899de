package routes.imaging.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExportsCsvTest {

    private static final String HEADER =
            "id,ref_id,experiment_id,timestamp,type,system,key,size,checksum,url,expires_at,uploaded_at\r\n";

    private final ExportsCsv csv = new ExportsCsv();

    @Test
    @DisplayName("an empty page is a header line")
    void empty() {
        assertThat(csv.write(List.of())).isEqualTo(HEADER);
    }

    @Test
    @DisplayName("commas, quotes and line ends are quoted, what is absent is empty")
    void quoting() {
        Map<String, Object> export = new HashMap<>();
        export.put("id", "1");
        export.put("ref_id", "2");
        export.put("experiment_id", "a,b");
        export.put("type", "say \"x\"");
        export.put("system", null);
        export.put("key", "two\nlines");
        export.put("size", 10_240L);

        assertThat(csv.write(List.of(export)))
                .isEqualTo(HEADER + "1,2,\"a,b\",,\"say \"\"x\"\"\",,\"two\nlines\",10240,,,,\r\n");
    }
}
