package routes.replay.protocol.json;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.platform.InvalidInputException;
import routes.replay.Json;
import routes.replay.VariantSamples;
import routes.replay.savant.Attribute;
import routes.replay.savant.AttributeValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AttributeJsonTest {

    @ParameterizedTest
    @EnumSource(value = AttributeValue.ValueCase.class, names = "VALUE_NOT_SET", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("RP40 every variant survives JSON")
    void roundTrip(AttributeValue.ValueCase variant) {
        Attribute attribute = VariantSamples.attribute(variant);

        assertThat(AttributeJson.read(Json.of(AttributeJson.write(attribute).toString())))
                .isEqualTo(attribute);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'None'",
                "{'Bytes':[[2,1],[0,255]]}",
                "{'String':'a'}",
                "{'StringVector':['a']}",
                "{'Integer':1}",
                "{'IntegerVector':[1]}",
                "{'Float':1.5}",
                "{'FloatVector':[1.5]}",
                "{'Boolean':true}",
                "{'BooleanVector':[true]}",
                "{'BBox':{'xc':1.0,'yc':1.0,'width':2.0,'height':2.0,'angle':0.0,'has_modifications':false}}",
                "{'BBoxVector':[]}",
                "{'Point':{'x':1.0,'y':2.0}}",
                "{'PointVector':[{'x':1.0,'y':2.0}]}",
                "{'Polygon':{'vertices':[{'x':0.0,'y':0.0}],'tags':['a',null]}}",
                "{'PolygonVector':[{'vertices':[],'tags':null}]}",
                "{'Intersection':{'kind':'Enter','edges':[[0,'a'],[1,null]]}}",
                "{'TemporaryValue':{}}"
            })
    @DisplayName("RP40 the eighteen spellings of the specification")
    void spellings(String value) {
        String text = AttributeValueJson.write(AttributeValueJson.read(Json.of(value)))
                .toString();

        assertThat(text).isEqualTo(Json.of(value).toString());
    }

    @Test
    @DisplayName("RP40 no angle is the greatest number of single precision")
    void noAngle() {
        AttributeValue value =
                AttributeValueJson.read(Json.of("{'BBox':{'xc':1,'yc':1,'width':2,'height':2,'angle':3.4028235e38}}"));

        assertThat(value.getBoundingBox().getData().hasAngle()).isFalse();
        assertThat(AttributeValueJson.write(value).toString()).contains("\"angle\":3.4028235E38");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Some'",
                "{'None':1}",
                "{'Bytes':[[1],[256]]}",
                "{'Bytes':[[1]]}",
                "{'Integer':1.5}",
                "{'Integer':9223372036854775808}",
                "{'Float':'1'}",
                "{'Float':1e999}",
                "{'BBox':{'xc':1,'yc':1,'width':2}}",
                "{'BBox':{'xc':1e39,'yc':1,'width':2,'height':1}}",
                "{'Intersection':{'kind':'enter','edges':[]}}",
                "{'Intersection':{'kind':'Enter','edges':[[-1,null]]}}",
                "{'Intersection':{'kind':'Enter','edges':[[1]]}}",
                "{'Polygon':{'tags':null}}",
                "{'Integer':1,'Float':1}",
                "7"
            })
    void refused(String value) {
        assertThatThrownBy(() -> AttributeValueJson.read(Json.of(value)))
                .isInstanceOfAny(IllegalArgumentException.class, InvalidInputException.class);
    }

    @Test
    void theAttributeItself() {
        Attribute attribute = AttributeJson.read(Json.of("{'namespace':'n','name':'a','values':["
                + "{'value':{'Integer':1}},{'confidence':null,'value':'None'},{'confidence':0.5,'value':'None'}],"
                + "'hint':null,'is_persistent':false,'is_hidden':true}"));

        assertThat(attribute.hasHint()).isFalse();
        assertThat(attribute.getIsHidden()).isTrue();
        assertThat(attribute.getIsPersistent()).isFalse();
        assertThat(attribute.getValuesList())
                .extracting(AttributeValue::hasConfidence)
                .containsExactly(false, false, true);
        assertThatThrownBy(() -> AttributeJson.read(
                        Json.of("{'namespace':'n','name':1,'values':[{}],'is_persistent':true,'is_hidden':true}")))
                .hasMessage("name: must be a string; values.0.value: is required");
    }
}
